// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** Real public inputs, where the developer has them beside the project. */
public final class Samples {
  private Samples() {}

  /** The sample, or the test is reported as skipped. */
  public static Path require(String name) {
    Path path = Path.of(System.getProperty("aqueduct.samples", "samples-not-set"), name);
    assumeThat(path).as("SKIPPED without the sample files: %s", path).exists();
    return path;
  }
}
