// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.wire.EnrichedLog;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * The user-agent dictionary that a deployment gets from its own past: with it no process builds
 * yauaa, the slowest part of a start.
 */
final class Dictionary {
  private static final int MAGIC = 0x41515541;

  private Dictionary() {}

  static void put(World world, Path directory) throws IOException {
    Path file = directory.resolve("agents.bin");
    byte[] fields = EnrichedLog.newBuilder().setUserAgentName("Firefox").build().toByteArray();
    byte[] agent = LogFiles.AGENT.getBytes(StandardCharsets.UTF_8);
    try (DataOutputStream out =
        new DataOutputStream(new ZstdOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(MAGIC);
      out.writeInt(1);
      out.writeShort(agent.length);
      out.write(agent);
      out.writeShort(fields.length);
      out.write(fields);
    }
    Path folder = Files.createDirectories(directory.resolve("datasets"));
    new FileDatasetCatalogue(folder, new BundledDatasets())
        .add("user-agents", LocalDate.of(2026, 2, 1), file, "own", "forever");
    try (var files = Files.walk(folder)) {
      for (Path made : files.filter(Files::isRegularFile).toList()) {
        Inputs.object(
            world, "datasets", folder.relativize(made).toString(), Files.readAllBytes(made));
      }
    }
  }
}
