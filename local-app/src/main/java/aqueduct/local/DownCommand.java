// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.RunningFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends what {@code up} started. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops what up started; the data stay.",
    footer = {"", "Examples:", "  ./aqueduct down", "  ./aqueduct down --data mine"})
final class DownCommand implements Callable<Integer> {
  private static final long PATIENCE = 70;
  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Optional<ProcessHandle> process = new RunningFile(data.existing()).process();
    if (process.isEmpty()) {
      System.out.println("Nothing runs");
      return 0;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new WorkFailed(
          "Process " + process.get().pid() + " did not end within " + PATIENCE + " s: end it", e);
    }
    System.out.println("Stopped");
    return 0;
  }
}
