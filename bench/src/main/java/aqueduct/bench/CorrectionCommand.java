// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A made day, streamed and then corrected: what each costs, and whether both say the same. */
@Command(
    name = "correction",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Streams a day of made log files through the pipeline, corrects the day, lets one late file"
          + " come",
      "and corrects again. Streaming is measured from the first put, the system being warm; a"
          + " correction",
      "from the start of its process to its end."
    },
    footer = {
      "",
      "Exit status 1: live and corrected numbers differ, or a row is missing.",
      "",
      "Examples:",
      "  ./aqueduct bench correction",
      "  ./aqueduct bench correction --events 5000000",
    })
final class CorrectionCommand implements Callable<Integer> {
  @Option(names = "--events", paramLabel = "N", description = "log lines", defaultValue = "1000000")
  private long events;

  @Option(names = "--seed", paramLabel = "S", description = "of the traffic", defaultValue = "1")
  private long seed;

  @Mixin private DirectoryOption data = new DirectoryOption();

  @Override
  public Integer call() throws IOException {
    return data.run(
        directory -> new CorrectionRun(directory, new Figures(System.out)).measure(events, seed));
  }
}
