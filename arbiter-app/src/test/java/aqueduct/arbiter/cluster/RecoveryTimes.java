// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was done to a cluster, and how long until one served again -> a table. */
final class RecoveryTimes {
  private final Path file;
  private final List<String> rows =
      new ArrayList<>(List.of("| after | a healthy cluster is back in, s |", "|---|---:|"));

  RecoveryTimes(Path file) {
    this.file = file;
  }

  void add(String what, Instant since) throws IOException {
    long seconds = Duration.between(since, Instant.now()).toSeconds();
    System.out.printf("healthy again after %s: %d s%n", what, seconds);
    rows.add("| " + what + " | " + seconds + " |");
    Files.write(file, rows);
  }
}
