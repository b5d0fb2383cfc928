// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.CorrectionProcess;
import aqueduct.local.system.CorrectionProcess.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Raw files of days -> parquet and corrected metrics. */
@Command(
    name = "correct",
    mixinStandardHelpOptions = true,
    description = {
      "Makes days again from their raw files: the lake's parquet and a new version of their"
          + " numbers.",
      "A day of which nothing has changed stays as it is. Days that ended more than 3 days ago are"
          + " locked.",
      "A pipeline that runs with --config is corrected with the same file: what is read and how it"
          + " is enriched must agree."
    },
    footer = {
      "",
      "Exit status 1: it failed, or another correction is running; started again it goes on where"
          + " it was.",
      "",
      "Examples:",
      "  ./aqueduct correct --touched",
      "  ./aqueduct correct 2026-01-15 --lock --why \"month end\"",
    })
final class CorrectCommand implements Callable<Integer> {
  private static final int ANOTHER_RUNS = 4;
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private CorrectionSettingsOption more = new CorrectionSettingsOption();

  @Parameters(arity = "0..*", paramLabel = "DAY", description = "days like 2026-01-15, UTC")
  private List<LocalDate> days = List.of();

  @Option(
      names = "--touched",
      description = "every day that has changed since its newest version, or is due to be locked")
  private boolean touched;

  @Option(names = "--lock", description = "lock the days now")
  private boolean lock;

  @Option(
      names = "--again",
      description = "make a new version even if nothing has changed, and count all rows for it")
  private boolean again;

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "correct",
      description = "the reason that the audit keeps; default: ${DEFAULT-VALUE}")
  private String why = "correct";

  @Override
  public Integer call() throws IOException {
    if (days.isEmpty() != touched) {
      throw new IllegalArgumentException("Name the days, or say --touched");
    }
    Path directory = data.existing();
    Table table =
        new Table(
            "day",
            "result",
            "version",
            "shown",
            "locked",
            "files",
            "rows",
            "difference",
            "alarm",
            "seconds");
    int status;
    try (StoredDays stored = StoredDays.all(directory)) {
      status =
          CorrectionProcess.run(
              DataOption.home(),
              directory,
              stored.endpoints(),
              new Task(settings(), config.sound()),
              line -> add(table, line));
    }
    table.print(format.format(), System.out);
    if (status == ANOTHER_RUNS) throw new WorkFailed("Nothing was changed: see the line above");
    if (status != 0) {
      throw new WorkFailed(
          "The correction failed; its log: " + directory.resolve("logs/correction.log"));
    }
    return 0;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = more.settings();
    settings.put("days", days.stream().map(LocalDate::toString).collect(Collectors.joining(",")));
    settings.put("lock", Boolean.toString(lock));
    settings.put("again", Boolean.toString(again));
    settings.put("who", System.getProperty("user.name", "unknown"));
    settings.put("why", why);
    return settings;
  }

  /** Loaded only with the first answer: help has to be quick. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  private void add(Table table, String line) {
    try {
      JsonNode day = Json.MAPPER.readTree(line);
      table.add(
          day.get("day").asText(),
          day.get("result").asText(),
          day.get("version").asInt(),
          day.get("shown").asInt(),
          day.get("locked").asBoolean() ? "yes" : "no",
          day.get("files").asInt(),
          day.get("rows").asLong(),
          difference(day.get("difference")),
          day.get("alarm").asBoolean() ? "yes" : "no",
          day.get("seconds").asDouble());
    } catch (IOException e) {
      System.err.println(line);
    }
  }

  /** Of the live count: nothing, or the sums of traffic that differ, or how many others do. */
  private static String difference(JsonNode all) {
    if (all.isEmpty()) return "none";
    String traffic =
        StreamSupport.stream(all.spliterator(), false)
            .filter(d -> d.get("report").asText().equals("traffic"))
            .map(CorrectCommand::words)
            .collect(Collectors.joining(", "));
    return traffic.isEmpty() ? all.size() + " sums of other reports" : traffic;
  }

  private static String words(JsonNode difference) {
    return difference.get("measure").asText()
        + " "
        + difference.get("live").asLong()
        + " -> "
        + difference.get("corrected").asLong();
  }
}
