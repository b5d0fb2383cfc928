// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}, and the directory of a run that was not told one. */
final class DirectoryOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where everything is stored, and kept; default: a new directory that is deleted")
  private @Nullable Path data;

  /** A run in a directory; answers whether all counts were right. */
  interface Run {
    boolean in(Path directory) throws IOException;
  }

  /** Says what the machine is, runs, and answers the exit status. */
  int run(Run run) throws IOException {
    Machine.describe(System.out);
    Path directory = data == null ? Files.createTempDirectory("aqueduct-bench-") : data;
    System.setProperty("aqueduct.log", directory.resolve("logs/aqueduct.log").toString());
    try {
      return run.in(directory) ? 0 : 1;
    } finally {
      if (data == null) delete(directory);
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    }
  }
}
