// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.arbiter.memory.Entry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The decision log, the newest first. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = "Prints what the arbiter decided, by which rule, and why; the newest first.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct arbiter why",
      "  ./aqueduct arbiter why --last 100 --format ndjson"
    })
final class ArbiterWhyCommand implements Callable<Integer> {
  @Mixin private ArbiterTableOption table = new ArbiterTableOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "how many; default: 20",
      defaultValue = "20")
  private int last = 20;

  @Override
  public Integer call() throws IOException {
    if (last < 1) throw new IllegalArgumentException("--last " + last + ": must be 1 or more");
    List<Entry> entries = table.ask(journal -> journal.entries(last));
    Table rows = new Table("at", "rule", "action", "reason", "arbiter", "dry_run");
    for (Entry e : entries) {
      rows.add(e.at(), e.rule(), e.action(), e.reason(), e.arbiter(), e.dryRun());
    }
    rows.print(format.format(), System.out);
    return 0;
  }
}
