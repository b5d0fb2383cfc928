// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands its arguments to JMH. */
@Command(
    name = "micro",
    description = "Runs the JMH benchmarks; the arguments are JMH's (-h lists them).",
    footer = {
      "",
      "Example:",
      "  ./aqueduct bench micro -prof gc      # with garbage per event",
    })
final class MicroCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JMH-ARGUMENT", description = "of JMH", arity = "0..*")
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
