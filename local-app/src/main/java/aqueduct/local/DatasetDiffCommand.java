// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.DatasetComparison;
import aqueduct.enrichment.DatasetDiff;
import aqueduct.enrichment.DatasetKind;
import aqueduct.enrichment.DatasetVersion;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two days -> what their datasets answer differently. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the versions that answer for events of one day and of another: how many answers are"
          + " new, gone and",
      "changed. Of address databases an answer is a network's, as large as both versions leave it"
          + " whole."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct dataset diff 2019-12-01 2026-11-25",
      "  ./aqueduct dataset diff 2019-12-01 2026-11-25 geo-city --entries --most 20",
    })
final class DatasetDiffCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(index = "0", paramLabel = "D1", description = "a day, such as 2026-01-06")
  private LocalDate from = LocalDate.EPOCH;

  @Parameters(index = "1", paramLabel = "D2", description = "another day")
  private LocalDate to = LocalDate.EPOCH;

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "which datasets; default: all")
  private List<String> names = List.of();

  @Option(names = "--entries", description = "show the differences, not only their number")
  private boolean entries;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100",
      description = "with --entries, at most N of a dataset; default: 100")
  private int most;

  @Override
  public Integer call() throws IOException {
    DatasetCatalogue catalogue = DatasetCommand.catalogue(data);
    DatasetComparison comparison = new DatasetComparison(catalogue, entries ? most : 0);
    Table table =
        entries
            ? new Table("name", "entry", "before", "after")
            : new Table("name", "before", "after", "added", "removed", "changed");
    for (String name : names.isEmpty() ? catalogue.names() : names) {
      var unused = DatasetKind.named(name); // a wrong name is told
      Optional<DatasetVersion> before = catalogue.versionFor(name, from);
      Optional<DatasetVersion> after = catalogue.versionFor(name, to);
      Optional<DatasetDiff> diff = diff(comparison, before, after);
      if (entries) {
        diff.ifPresent(
            d -> d.examples().forEach(c -> table.add(name, c.entry(), c.before(), c.after())));
      } else {
        table.add(
            name,
            date(before),
            date(after),
            diff.map(DatasetDiff::added).orElse(null),
            diff.map(DatasetDiff::removed).orElse(null),
            diff.map(DatasetDiff::changed).orElse(null));
      }
    }
    table.print(format.format(), System.out);
    return 0;
  }

  private static Optional<DatasetDiff> diff(
      DatasetComparison comparison, Optional<DatasetVersion> before, Optional<DatasetVersion> after)
      throws IOException {
    if (before.isEmpty() || after.isEmpty()) return Optional.empty();
    return Optional.of(
        before.equals(after)
            ? new DatasetDiff(0, 0, 0, List.of())
            : comparison.of(before.get(), after.get()));
  }

  private static String date(Optional<DatasetVersion> version) {
    return version.map(v -> v.date().toString()).orElse("none");
  }
}
