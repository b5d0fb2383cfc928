// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.rejected.RejectedItem;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What could not become an event -> rows that say where it is, why, and what it was. */
@Command(
    name = "bad",
    mixinStandardHelpOptions = true,
    description = "Lists every rejected line, file and record; shows one; tries them again.",
    subcommands = BadRecoverCommand.class,
    footer = {
      "",
      "Examples:",
      "  ./aqueduct bad",
      "  ./aqueduct bad ls --reason bad_time --format ndjson",
      "  ./aqueduct bad stats",
      "  ./aqueduct bad show 1f3a77c0",
      "  ./aqueduct bad recover --dry-run",
    })
final class BadCommand implements Callable<Integer> {
  private static final int SHOWN = 60;
  @Mixin private RejectedOptions rejected = new RejectedOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws IOException {
    return list(rejected, format);
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists every rejection once, with its reason and bytes.",
      footer = {"", "Examples:", "  ./aqueduct bad ls --reason bad_time --format ndjson"})
  int list(@Mixin RejectedOptions wanted, @Mixin FormatOption how) throws IOException {
    boolean table = how.format() == Format.TABLE;
    Table rows = new Table("id", "stage", "reason", "file", "line", "lines", "message", "data");
    for (RejectedItem item : wanted.read()) {
      rows.add(
          item.id(),
          item.stage(),
          item.reason(),
          item.file(),
          item.line(),
          item.lines(),
          table ? cut(item.message()) : item.message(),
          table ? cut(item.shown()) : item.shown());
    }
    rows.print(how.format(), System.out);
    return 0;
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  @Command(
      name = "stats",
      mixinStandardHelpOptions = true,
      description = "Counts rejections by stage and reason.",
      footer = {"", "Examples:", "  ./aqueduct bad stats"})
  int stats(@Mixin RejectedOptions wanted, @Mixin FormatOption how) throws IOException {
    Map<List<String>, List<RejectedItem>> groups = new TreeMap<>(BadCommand::compare);
    for (RejectedItem item : wanted.read()) {
      groups
          .computeIfAbsent(List.of(item.stage(), item.reason()), any -> new java.util.ArrayList<>())
          .add(item);
    }
    Table rows = new Table("stage", "reason", "rejections", "lines", "files", "example");
    groups.forEach(
        (group, items) ->
            rows.add(
                group.get(0),
                group.get(1),
                items.size(),
                items.stream().mapToLong(RejectedItem::lines).sum(),
                new TreeSet<>(items.stream().map(RejectedItem::file).toList()).size(),
                items.get(0).id()));
    rows.print(how.format(), System.out);
    return 0;
  }

  private static int compare(List<String> a, List<String> b) {
    return String.join("/", a).compareTo(String.join("/", b));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one rejection with all its bytes.",
      footer = {"", "Examples:", "  ./aqueduct bad show 1f3a77c0"})
  int show(
      @Mixin RejectedOptions wanted,
      @Parameters(paramLabel = "ID", description = "as the list shows it") String id)
      throws IOException {
    List<RejectedItem> found =
        wanted.read().stream().filter(i -> i.id().equals(id.toLowerCase(Locale.ROOT))).toList();
    if (found.isEmpty()) {
      throw new WorkFailed("There is no rejection " + id + ": see ./aqueduct bad");
    }
    for (RejectedItem item : found) {
      System.out.println(item.json().toPrettyString());
      System.out.println(item.shown());
    }
    return 0;
  }
}
