// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.CorrectionProcess;
import aqueduct.local.system.CorrectionProcess.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Somebody -> forgotten, in every store that this data directory has. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erases a visitor, or a block of addresses, from the raw files, the kept rejections and the"
          + " lake, and makes the",
      "days that held them again. The report is one line of JSON per day and store. What was"
          + " already published as a",
      "number stays in the history of the day; the new version lacks the visitor."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct erase --visitor 8d3f21c09a77e410 --reason \"request 17\"",
      "  ./aqueduct erase --prefix 81.2.69.0/24 --day 2026-01-15 --reason \"request 18\"",
    })
final class EraseCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private CorrectionSettingsOption more = new CorrectionSettingsOption();

  @Option(
      names = "--visitor",
      paramLabel = "ID",
      description =
          "16 hex digits as tail shows visitor.id, or the number in the lake's visitor_id")
  private List<String> visitors = List.of();

  @Option(names = "--prefix", paramLabel = "BLOCK", description = "such as 81.2.69.0/24")
  private List<String> prefixes = List.of();

  @Option(names = "--day", description = "only events of these days; default: all")
  private List<LocalDate> days = List.of();

  @Option(names = "--reason", required = true, description = "the audit keeps it")
  private String reason = "";

  @Override
  public Integer call() throws IOException {
    if (visitors.isEmpty() && prefixes.isEmpty()) {
      throw new IllegalArgumentException("Say who: --visitor or --prefix");
    }
    Path directory = data.existing();
    Map<String, String> settings = more.settings();
    settings.put("task", "erase");
    settings.put("visitors", String.join(",", visitors));
    settings.put("prefixes", String.join(",", prefixes));
    settings.put("days", days.stream().map(LocalDate::toString).collect(Collectors.joining(",")));
    settings.put("who", System.getProperty("user.name", "unknown"));
    settings.put("why", reason);
    try (StoredDays stored = StoredDays.all(directory)) {
      int status =
          CorrectionProcess.run(
              DataOption.home(),
              directory,
              stored.endpoints(),
              new Task(settings, config.sound()),
              System.out::println);
      if (status != 0) {
        throw new WorkFailed(
            "Not everything was erased; run it again. Its log: "
                + directory.resolve("logs/correction.log"));
      }
    }
    return 0;
  }
}
