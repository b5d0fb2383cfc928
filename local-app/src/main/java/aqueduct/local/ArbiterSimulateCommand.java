// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.arbiter.simulation.Outcome;
import aqueduct.arbiter.simulation.SimulatedWorld;
import aqueduct.arbiter.simulation.Simulation.Span;
import aqueduct.arbiter.simulation.SimulationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arbiter and three naive policies in a made-up spot market. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the arbiter's rules and three naive policies through a made-up spot market.",
      "Some seconds for 10,000 hours. The same seed gives the same figures."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct arbiter simulate --hours 1000 --seed 7",
      "  ./aqueduct arbiter simulate --docs docs"
    })
final class ArbiterSimulateCommand implements Callable<Integer> {
  private static final String BEGIN =
      "<!-- simulation: ./aqueduct arbiter simulate --docs docs -->\n";
  private static final String END = "<!-- end -->";
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--hours",
      paramLabel = "N",
      description = "simulated; default: 10000",
      defaultValue = "10000")
  private long hours = 10_000;

  @Option(names = "--seed", paramLabel = "S", description = "default: 1", defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = "also write the table into arbiter.md and the plot to arbiter.svg there")
  private @Nullable Path docs;

  @Override
  public Integer call() throws IOException {
    if (hours < 1) throw new IllegalArgumentException("--hours " + hours + ": must be 1 or more");
    List<Outcome> outcomes = SimulatedWorld.compare(new Span(hours, seed));
    Table rows =
        new Table(
            "policy",
            "fresh_percent",
            "stale_hours",
            "longest_stale_minutes",
            "dollars",
            "percent_of_on_demand",
            "launches",
            "most_alive",
            "most_launches_per_hour",
            "refused_writes",
            "older_writes");
    for (Outcome o : outcomes) {
      rows.add(
          o.policy(),
          rounded(100 * o.fresh(), 1000),
          rounded(o.staleHours(), 10),
          o.longestStale().toMinutes(),
          Math.round(o.cost()),
          rounded(100 * o.costShare(), 10),
          o.launches(),
          o.mostAlive(),
          o.mostLaunches(),
          o.refusedWrites(),
          o.olderWrites());
    }
    rows.print(format.format(), System.out);
    if (docs != null) write(docs, new SimulationReport(outcomes));
    return 0;
  }

  private static double rounded(double value, int parts) {
    return Math.round(value * parts) / (double) parts;
  }

  private static void write(Path docs, SimulationReport report) throws IOException {
    Path page = docs.resolve("arbiter.md");
    String text = Files.readString(page);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new WorkFailed(page + " lacks the lines that enclose the table: " + BEGIN + END);
    }
    Files.writeString(
        page, text.substring(0, from + BEGIN.length()) + report.markdown() + text.substring(to));
    Files.writeString(docs.resolve("arbiter.svg"), report.svg());
  }
}
