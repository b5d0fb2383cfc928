// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same chunks in another process, in another order. */
class TwoProcessesTest {
  @TempDir Path folder;

  @Test
  void two_processes_give_the_same_bytes_and_the_first_batch_needs_no_yauaa_for_known_agents()
      throws Exception {
    Path file = folder.resolve("agents.zst");
    try (OutputStream out = Files.newOutputStream(file)) {
      UserAgentDictionary.write(OtherProcess.agents(), out);
    }
    Path datasets = folder.resolve("datasets");
    new FileDatasetCatalogue(datasets, new BundledDatasets())
        .add("user-agents", LocalDate.parse("2000-01-01"), file, "Apache-2.0", "forever");
    String ours = OtherProcess.digest(datasets, 1);
    assertThat(OtherProcess.digest(datasets, 2)).isEqualTo(ours);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OtherProcess.class.getName(),
                    datasets.toString(),
                    "3"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("digest " + ours + " yauaa false");
  }
}
