// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.CorrectionProcess;
import aqueduct.local.system.CorrectionProcess.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Days of the lake -> files that any tool reads. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the corrected events of days into a folder. CSV holds lists and maps as JSON, and"
          + " puts a quote mark",
      "before texts that a spreadsheet would run. Arrow is its IPC file format, which is Feather"
          + " version 2."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct export 2026-01-15 --format csv --out january-15",
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private CorrectionSettingsOption more = new CorrectionSettingsOption();

  @Parameters(arity = "0..*", paramLabel = "DAY", description = "days, UTC; default: all")
  private List<LocalDate> days = List.of();

  /** What is written. */
  enum Kind {
    PARQUET,
    CSV,
    JSON,
    ARROW
  }

  @Option(
      names = "--format",
      description = "parquet, csv, json or arrow; default: parquet",
      defaultValue = "parquet")
  private Kind format = Kind.PARQUET;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "a folder, made new")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    Path directory = data.existing();
    if (Files.exists(out)) throw new WorkFailed(out + " is there already: name a new folder");
    Map<String, String> settings = more.settings();
    settings.put("task", "export");
    settings.put("days", days.stream().map(LocalDate::toString).collect(Collectors.joining(",")));
    settings.put("format", format.name().toLowerCase(java.util.Locale.ROOT));
    settings.put("out", out.toAbsolutePath().toUri().toString());
    try (StoredDays stored = StoredDays.all(directory)) {
      int status =
          CorrectionProcess.run(
              DataOption.home(),
              directory,
              stored.endpoints(),
              Task.of(settings),
              System.out::println);
      if (status != 0) {
        throw new WorkFailed(
            "The export failed; its log: " + directory.resolve("logs/correction.log"));
      }
    }
    return 0;
  }
}
