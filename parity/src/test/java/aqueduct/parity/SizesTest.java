// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each function as a zip of Lambda: what it is when it is unpacked. */
class SizesTest {
  private static final long LAMBDAS_LIMIT = 250L << 20;

  /** What came with a dependency unseen is found here long before Lambda refuses it. */
  private static final long OURS = 150L << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {"backup", "router", "streamify", "enrich", "quarantine", "fused", "small-site"})
  void a_function_is_far_below_what_lambda_takes(String element) throws IOException {
    long bytes = 0;
    try (ZipFile jar = new ZipFile(ElementProcess.jar(element).toFile())) {
      for (var entry : jar.stream().toList()) bytes += entry.getSize();
    }
    System.out.printf("%s-fn: %d MB of %d%n", element, bytes >> 20, LAMBDAS_LIMIT >> 20);
    assertThat(bytes).isGreaterThan(20L << 20).isLessThan(OURS);
  }
}
