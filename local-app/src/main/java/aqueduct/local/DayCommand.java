// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The days, what they show, and who changed that. */
@Command(
    name = "day",
    mixinStandardHelpOptions = true,
    description = "Shows, locks and unlocks days.",
    subcommands = {DayCommand.Status.class, DayCommand.Lock.class, DayCommand.Unlock.class},
    footer = {
      "",
      "Examples:",
      "  ./aqueduct day status",
      "  ./aqueduct day status 2026-01-15",
      "  ./aqueduct day unlock 2026-01-15 --reason \"wrong site settings\"",
    })
final class DayCommand {
  private DayCommand() {}

  /** All days, or the history of one. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Without DAY: every day, the version it shows (0 is the live count), and how many events wait beside it.",
        "With DAY: its history, with the difference that each version made."
      },
      footer = {"", "Examples:", "  ./aqueduct day status 2026-01-15 --format json"})
  static final class Status implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();
    @Mixin private FormatOption format = new FormatOption();

    @Parameters(arity = "0..1", paramLabel = "DAY", description = "a day like 2026-01-15, UTC")
    private @Nullable LocalDate day;

    @Override
    public Integer call() throws IOException {
      try (StoredDays stored = StoredDays.metrics(data.existing())) {
        CorrectedDays days = stored.days();
        (day == null ? all(days.states()) : history(days.history(day)))
            .print(format.format(), System.out);
      }
      return 0;
    }

    private static Table all(List<DayState> states) {
      Table table = new Table("day", "state", "shown", "newest", "waiting");
      for (DayState s : states) {
        table.add(
            s.day().toString(),
            s.locked() ? "locked" : "open",
            s.shown() == 0 ? "live" : "version " + s.shown(),
            s.newest(),
            s.shown() == 0 ? 0 : s.uncoveredEvents());
      }
      return table;
    }

    private static Table history(List<DayVersion> versions) {
      Table table = new Table("at", "action", "version", "who", "why", "made_of", "difference");
      for (DayVersion v : versions) {
        table.add(
            v.at().toString(),
            v.action().name().toLowerCase(java.util.Locale.ROOT),
            v.generation(),
            v.who(),
            v.why(),
            v.inputs(),
            v.difference().stream()
                .map(d -> d.report() + " " + d.measure() + " " + d.before() + " -> " + d.after())
                .collect(Collectors.joining("; ")));
      }
      return table;
    }
  }

  /** Ends the day's changes. */
  @Command(
      name = "lock",
      mixinStandardHelpOptions = true,
      description = "Shows the day's newest version, and locks it: late logs then wait beside it.",
      footer = {"", "Examples:", "  ./aqueduct day lock 2026-01-15 --reason \"month end\""})
  static final class Lock implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "DAY", description = "a day like 2026-01-15, UTC")
    private LocalDate day = LocalDate.EPOCH;

    @Option(names = "--reason", required = true, description = "the audit keeps it")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
      try (StoredDays stored = StoredDays.metrics(data.existing())) {
        CorrectedDays days = stored.days();
        int newest = days.state(day).map(DayState::newest).orElse(0);
        if (newest == 0) {
          throw new WorkFailed(
              day
                  + " has no version yet, and a live count cannot be locked: ./aqueduct correct "
                  + day
                  + " --lock");
        }
        days.lock(day, newest, who(), reason);
        System.out.println(day + " is locked and shows version " + newest);
      }
      return 0;
    }
  }

  /** Lets the day change again. */
  @Command(
      name = "unlock",
      mixinStandardHelpOptions = true,
      description = "Opens a locked day; it goes on showing what it shows until it is corrected.",
      footer = {"", "Examples:", "  ./aqueduct day unlock 2026-01-15 --reason \"late logs\""})
  static final class Unlock implements Callable<Integer> {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "DAY", description = "a day like 2026-01-15, UTC")
    private LocalDate day = LocalDate.EPOCH;

    @Option(names = "--reason", required = true, description = "the audit keeps it")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
      try (StoredDays stored = StoredDays.metrics(data.existing())) {
        CorrectedDays days = stored.days();
        if (!days.state(day).map(DayState::locked).orElse(false)) {
          throw new WorkFailed(day + " is not locked");
        }
        days.unlock(day, who(), reason);
        System.out.println(day + " is open");
      }
      return 0;
    }
  }

  private static String who() {
    return System.getProperty("user.name", "unknown");
  }
}
