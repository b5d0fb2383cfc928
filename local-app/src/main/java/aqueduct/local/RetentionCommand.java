// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.retention.Due;
import aqueduct.local.retention.Retention;
import aqueduct.local.system.CorrectionProcess;
import aqueduct.local.system.CorrectionProcess.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rules of retention -> what is due, deleted if asked. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the rules of aqueduct.retention (manifests/topology.yml) let go: raw files, kept"
          + " rejections, days of the",
      "lake, numbers of old versions. Deletes nothing without --apply. A raw file stays until all"
          + " of its days are locked.",
      "The ledger's rows and the streams end by their own settings, 400 days and the streams'"
          + " retention.",
      "",
      "held and due are objects; freed is what --apply deleted."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct retention",
      "  ./aqueduct retention --apply",
    })
final class RetentionCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--apply", description = "delete what is due")
  private boolean apply;

  @Override
  public Integer call() throws IOException {
    Path directory = data.existing();
    Table table =
        new Table("store", "rule", "held", "bytes", "due", "due_bytes", "waits_for_lock", "freed");
    try (StoredDays stored = StoredDays.all(directory)) {
      Retention retention = new Retention(stored.system(), stored.days(), Instant.now());
      for (Due due : retention.buckets()) {
        if (apply) retention.delete(due);
        table.add(
            due.store(),
            due.rule(),
            due.held(),
            due.bytes(),
            due.keys().size(),
            due.dueBytes(),
            due.kept(),
            apply ? due.keys().size() : 0);
      }
      String versions = retention.rules().versions() + " versions";
      row(table, "metrics", versions, apply ? retention.sweepVersions() : null);
      row(table, "lake", retention.rules().lake(), null);
      if (apply) lake(directory, stored, retention.rules().lake());
    }
    table.print(format.format(), System.out);
    return 0;
  }

  private static void row(Table table, String store, String rule, @Nullable Integer freed) {
    table.add(store, rule, null, null, null, null, null, freed);
  }

  /** The lake's own process deletes its old days, and the files of its earlier states. */
  private void lake(Path directory, StoredDays stored, String rule) throws IOException {
    int status =
        CorrectionProcess.run(
            DataOption.home(),
            directory,
            stored.endpoints(),
            Task.of(Map.of("task", "retain", "keep-lake", rule)),
            System.err::println);
    if (status != 0) {
      throw new WorkFailed(
          "The lake was not cleaned; its log: " + directory.resolve("logs/correction.log"));
    }
  }
}
