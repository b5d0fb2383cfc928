// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks. Exit status: 0 measured, 1 a count was wrong, 2 usage. */
@Command(
    name = "aqueduct bench",
    mixinStandardHelpOptions = true,
    description = "Measures the pipeline and its parts on made traffic, beside limits and peers.",
    subcommands = {
      CoreCommand.class,
      PipelineCommand.class,
      CorrectionCommand.class,
      MicroCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct bench core",
      "  ./aqueduct bench pipeline --events 500000",
      "  ./aqueduct bench micro Enrich -prof gc",
    })
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .execute(args));
  }
}
