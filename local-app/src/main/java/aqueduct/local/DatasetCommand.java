// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.CorruptDatasetException;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.DatasetVersion;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.local.system.LocalSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The versions of datasets that enrichment asks. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    description = {
      "Adds, fetches, builds, lists, compares and verifies the datasets of enrichment. An event of"
          + " a day is answered by the newest version dated on or before that day; a version never"
          + " changes."
    },
    subcommands = {DatasetFetchCommand.class, DatasetBuildCommand.class, DatasetDiffCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./aqueduct dataset ls",
      "  ./aqueduct dataset add geo-city --date 2026-01-06 GeoLite2-City.mmdb",
      "  ./aqueduct dataset verify",
    })
final class DatasetCommand {
  static FileDatasetCatalogue catalogue(DataOption data) throws IOException {
    return new FileDatasetCatalogue(LocalSystem.datasets(data.directory()), new BundledDatasets());
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a version; events of its date and later are answered by it.",
      footer = {
        "",
        "Examples:",
        "  ./aqueduct dataset add geo-city --date 2026-01-06 GeoLite2-City.mmdb --licence"
            + " CC-BY-SA-4.0",
      })
  int add(
      @Mixin DataOption data,
      @Mixin FormatOption format,
      @Parameters(paramLabel = "NAME", description = "such as geo-city, bots or referrers")
          String name,
      @Parameters(paramLabel = "FILE", description = "its file") Path file,
      @Option(
              names = "--date",
              paramLabel = "D",
              required = true,
              description = "the day from which its answers hold, such as 2026-01-06")
          LocalDate date,
      @Option(
              names = "--licence",
              paramLabel = "ID",
              defaultValue = "unknown",
              description = "SPDX id or short name")
          String licence,
      @Option(
              names = "--retention",
              paramLabel = "TEXT",
              defaultValue = "forever",
              description = "how long the licence lets it be kept")
          String retention)
      throws IOException {
    if (!Files.isReadable(file)) throw new NoSuchFileException(file.toString());
    Table table = table();
    row(table, catalogue(data).add(name, date, file, licence, retention));
    table.print(format.format(), System.out);
    return 0;
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists all versions, the bundled ones too.",
      footer = {"", "Examples:", "  ./aqueduct dataset ls --format csv"})
  int ls(@Mixin DataOption data, @Mixin FormatOption format) throws IOException {
    Table table = table();
    DatasetCatalogue catalogue = catalogue(data);
    for (String name : catalogue.names()) {
      catalogue.versions(name).forEach(version -> row(table, version));
    }
    table.print(format.format(), System.out);
    return 0;
  }

  static Table table() {
    return new Table("name", "date", "size", "sha256", "licence", "retention");
  }

  static void row(Table table, DatasetVersion v) {
    table.add(v.name(), v.date().toString(), v.size(), v.sha256(), v.licence(), v.retention());
  }

  @Command(
      name = "destroy",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys the files of versions whose licence demands it by today; their manifests stay."
            + " Events that ask for one then fail or are enriched without it, as its retention"
            + " says."
      },
      footer = {"", "Examples:", "  ./aqueduct dataset destroy --dry-run"})
  int destroy(
      @Mixin DataOption data,
      @Mixin FormatOption format,
      @Option(names = "--dry-run", description = "say which, and destroy nothing") boolean dryRun)
      throws IOException {
    LocalDate today = LocalDate.now(Clock.systemUTC());
    FileDatasetCatalogue catalogue = catalogue(data);
    Table table = table();
    for (DatasetVersion version : catalogue.due(today)) {
      if (!dryRun) catalogue.destroy(version, today);
      row(table, version);
    }
    table.print(format.format(), System.out);
    return 0;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Reads every file and compares it with its manifest. Exit status 1: one differs.",
      footer = {"", "Examples:", "  ./aqueduct dataset verify"})
  int verify(@Mixin DataOption data, @Mixin FormatOption format) throws IOException {
    Table table = new Table("name", "date", "result");
    DatasetCatalogue catalogue = catalogue(data);
    boolean sound = true;
    for (String name : catalogue.names()) {
      for (DatasetVersion version : catalogue.versions(name)) {
        String result = verify(catalogue, version);
        sound &= result.equals("ok");
        table.add(name, version.date().toString(), result);
      }
    }
    table.print(format.format(), System.out);
    return sound ? 0 : 1;
  }

  private static String verify(DatasetCatalogue catalogue, DatasetVersion version)
      throws IOException {
    if (version.destroyed()) return "ok"; // as its licence demands; its manifest says so
    try {
      catalogue.open(version).close();
      return "ok";
    } catch (CorruptDatasetException | NoSuchFileException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
