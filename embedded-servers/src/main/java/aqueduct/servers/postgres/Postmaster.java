// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The main process of a PostgreSQL server, as its data directory tells. */
final class Postmaster {
  private static final int PATIENCE_SECONDS = 20;

  private Postmaster() {}

  /** Stops a server that runs on the directory although the process that started it is gone. */
  static void stopOrphan(Path data) throws IOException {
    Optional<ProcessHandle> orphan = running(data);
    if (orphan.isEmpty()) return;
    ProcessHandle process = orphan.get();
    process.destroy();
    if (!ended(process)) {
      process.destroyForcibly();
      if (!ended(process))
        throw new IOException(
            "PostgreSQL process " + process.pid() + " in " + data + " does not end");
    }
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /**
   * Its process, if there is one and it is PostgreSQL: the number may have gone to another since.
   */
  private static Optional<ProcessHandle> running(Path data) throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) return Optional.empty();
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) return Optional.empty();
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(p -> p.info().command().orElse("").endsWith("postgres"));
  }

  /** What to tell a user whose PostgreSQL does not start. */
  static String explain(Path data, Exception reason) {
    StringBuilder text =
        new StringBuilder("PostgreSQL cannot start in ")
            .append(data)
            .append(": ")
            .append(reason.getMessage())
            .append(". ");
    if ("root".equals(System.getProperty("user.name"))) {
      text.append(
          "It refuses to run as root, so it is started in a user namespace (unshare -U): allow these, or run as another user. ");
    }
    return text.append(
            "If the directory was written by another version of PostgreSQL, use another --data.")
        .toString();
  }
}
