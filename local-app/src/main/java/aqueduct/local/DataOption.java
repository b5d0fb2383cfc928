// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where everything is stored. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where everything is stored; default: .aqueduct in the project")
  private @Nullable Path data;

  /** The project's directory, as the launcher says. */
  static Path home() {
    String home = System.getProperty("aqueduct.root", System.getenv("AQUEDUCT_HOME"));
    return Path.of(home == null ? "" : home).toAbsolutePath();
  }

  /** Made if missing; from here on the log goes into it. */
  Path directory() throws IOException {
    Path directory = (data == null ? home().resolve(".aqueduct") : data).toAbsolutePath();
    Files.createDirectories(directory.resolve("logs"));
    System.setProperty("aqueduct.log", directory.resolve("logs/aqueduct.log").toString());
    return directory;
  }

  /** One that must be there. */
  Path existing() throws IOException {
    Path directory = (data == null ? home().resolve(".aqueduct") : data).toAbsolutePath();
    if (!Files.isDirectory(directory.resolve("kinesis"))) {
      throw new WorkFailed(
          "Nothing is stored in " + directory + ": start with ./aqueduct up, or name it by --data");
    }
    return directory();
  }
}
