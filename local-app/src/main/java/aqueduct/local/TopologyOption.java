// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.topology.Topology;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which topology a command speaks of. */
final class TopologyOption {
  @Option(
      names = "--over",
      paramLabel = "FILE",
      description =
          "a file laid over topology.yml; may be given several times. A name without a path is one of manifests/topologies, such as fused")
  private List<Path> over = new ArrayList<>();

  boolean isGiven() {
    return !over.isEmpty();
  }

  Topology read() throws IOException {
    return read(over);
  }

  /** Whatever was given, topology.yml under these. */
  static Topology read(List<Path> over) throws IOException {
    Path manifests =
        Path.of(Optional.ofNullable(System.getenv("AQUEDUCT_HOME")).orElse("."))
            .resolve("manifests");
    return TopologyReader.read(
        manifests.resolve("topology.yml"),
        over.stream().map(file -> found(file, manifests)).toList());
  }

  private static Path found(Path file, Path manifests) {
    if (Files.exists(file)) return file;
    Path bundled = manifests.resolve("topologies").resolve(file + ".yml");
    return Files.exists(bundled) ? bundled : file;
  }
}
