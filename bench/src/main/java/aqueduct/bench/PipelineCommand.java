// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.traffic.TrafficPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Made log files, put into S3 -> their rows in PostgreSQL: how fast, and whether right. */
@Command(
    name = "pipeline",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Puts made log files into the embedded S3 and waits until PostgreSQL has every line of them.",
      "The clock runs from the first put to the commit of the last window; the system has started",
      "and taken one small file before."
    },
    footer = {
      "",
      "Exit status 1: a count is not what it must be.",
      "",
      "Examples:",
      "  ./aqueduct bench pipeline",
      "  ./aqueduct bench pipeline --events 1000000 --joined     # one file of a million lines",
    })
final class PipelineCommand implements Callable<Integer> {
  @Option(names = "--events", paramLabel = "N", description = "log lines", defaultValue = "5000000")
  private long events;

  @Option(names = "--seed", paramLabel = "S", description = "of the traffic", defaultValue = "1")
  private long seed;

  @Option(
      names = "--mix",
      description = "user agents: ${COMPLETION-CANDIDATES}",
      defaultValue = "typical")
  private TrafficPlan.Mix mix = TrafficPlan.Mix.TYPICAL;

  @Option(
      names = "--window",
      paramLabel = "MS",
      description = "of aggregation, in milliseconds",
      defaultValue = "10000")
  private long window;

  @Option(names = "--joined", description = "all lines in one file")
  private boolean joined;

  @Option(
      names = "--dictionary",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "enrich starts with the agents of another day, as after a correction; --no-dictionary: yauaa is asked for every agent once")
  private boolean dictionary;

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Override
  public Integer call() throws IOException {
    return data.run(
        directory ->
            new PipelineRun(directory, Duration.ofMillis(window), joined, dictionary)
                .measure(Corpus.plan(events, seed, mix), new Figures(System.out)));
  }
}
