// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Questions to the arbiter of the Spark clusters. */
@Command(
    name = "arbiter",
    mixinStandardHelpOptions = true,
    description = "Asks the arbiter, which keeps one healthy Spark cluster alive.",
    subcommands = {
      ArbiterStatusCommand.class,
      ArbiterWhyCommand.class,
      ArbiterSimulateCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct arbiter status",
      "  ./aqueduct arbiter why --last 10",
      "  ./aqueduct arbiter simulate --hours 1000",
    })
final class ArbiterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to ask: status, why or simulate");
  }
}
