// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rejections -> events, where what stood in their way is gone. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Takes what was rejected through the same functions again, from the kept files. A line keeps"
          + " its identity: whatever",
      "is recovered twice, broken off or run again is counted once. What still cannot be read stays"
          + " rejected.",
      "Works on a running pipeline, or starts one for it."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct bad recover --dry-run",
      "  ./aqueduct bad recover --reason unknown_format",
    })
final class BadRecoverCommand implements Callable<Integer> {
  @Mixin private RejectedOptions rejected = new RejectedOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Path directory = rejected.data().existing();
    Recover recover = new Recover(rejected::read, format.format());
    return dryRun ? recover.tell(directory) : recover.send(directory);
  }
}
