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
  /** Of the binaries that the parent pom brings. */
  private static final String VERSION = "14";

  private static final int PATIENCE_SECONDS = 20;

  private Postmaster() {}

  /** Throws if the directory was made by a version that this one cannot read. */
  static void checkVersion(Path data) throws IOException {
    Path file = data.resolve("PG_VERSION");
    if (!Files.exists(file)) return;
    String version = Files.readString(file).strip();
    if (!version.equals(VERSION)) {
      throw new IOException(
          "The data in "
              + data
              + " were written by PostgreSQL "
              + version
              + ", this is "
              + VERSION
              + ": dump them there and load them here, or use another data directory.");
    }
  }

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
    String text = "PostgreSQL cannot start in " + data + ": " + reason.getMessage();
    if (!"root".equals(System.getProperty("user.name"))) return text;
    return text
        + ". It refuses to run as root, so it is started in a user namespace (unshare -U): allow these, or run as"
        + " another user.";
  }
}
