// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.traffic.TrafficPlan;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Streamify and enrich in one process, without streams: their limits, peers and costs. */
@Command(
    name = "core",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Measures streamify and enrich without streams: lines per CPU-second, bytes, garbage, start,",
      "and what the functions around them cost. Compares with unpacking alone and with GoAccess",
      "where it is installed."
    },
    footer = {
      "",
      "Example:",
      "  ./aqueduct bench core --mix stress --events 200000",
    })
final class CoreCommand implements Callable<Integer> {
  @Option(names = "--events", paramLabel = "N", description = "log lines", defaultValue = "400000")
  private long events;

  @Option(names = "--seed", paramLabel = "S", description = "of the traffic", defaultValue = "1")
  private long seed;

  @Option(
      names = "--mix",
      description = "user agents: ${COMPLETION-CANDIDATES}",
      defaultValue = "typical")
  private TrafficPlan.Mix mix = TrafficPlan.Mix.TYPICAL;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds of which the median counts; three more warm up",
      defaultValue = "5")
  private int rounds;

  @Override
  public Integer call() throws IOException {
    Machine.describe(System.out);
    Figures figures = new Figures(System.out);
    Corpus corpus = Corpus.make(Corpus.plan(events, seed, mix));
    figures.title("Input");
    figures.say(
        "made traffic",
        "%,d lines, mix %s, seed %d, %,d files; %.0f bytes a line, %.1f as gz",
        corpus.lines(),
        mix,
        seed,
        corpus.files().size(),
        (double) corpus.rawBytes() / corpus.lines(),
        (double) corpus.gzipBytes() / corpus.lines());
    figures.say(
        "method",
        "CPU time of the process by the OS; median of %d rounds after 3 to warm up; one thread",
        rounds);
    double ours = new CoreRun(corpus, new Rounds(3, rounds), figures).measure();
    new GoAccess(corpus, figures).compare(ours);
    new FirstBatch(corpus, figures).measure();
    new FrameworkTax(corpus, new Rounds(3, rounds), figures).measure();
    return 0;
  }
}
