// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.RunningFile;
import aqueduct.local.system.StoredSystem;
import aqueduct.local.system.SystemSettings;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A data directory -> the pipeline that runs on it, or one that is started for as long as the work
 * takes.
 */
final class RunningPipeline {
  private RunningPipeline() {}

  /** What is to be done with the pipeline; answers the exit status. */
  interface Work {
    int with(StoredSystem stored) throws IOException;
  }

  static int with(Path directory, Work work) throws IOException {
    if (new RunningFile(directory).process().isPresent()) return work(directory, work);
    SystemSettings settings =
        new SystemSettings(
            directory,
            DataOption.home(),
            Optional.empty(),
            Duration.ofSeconds(2),
            OptionalInt.empty());
    try (LocalSystem system = LocalSystem.start(settings, RunningPipeline::say)) {
      int status = work(directory, work);
      system.check();
      return status;
    }
  }

  private static void say(String words) {
    System.err.println(words);
  }

  private static int work(Path directory, Work work) throws IOException {
    try (StoredSystem stored = StoredSystem.open(directory, Server.S3)) {
      return work.with(stored);
    }
  }
}
