// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import aqueduct.logs.Fuzzing;
import org.junit.jupiter.api.Test;

/** Row 22: whatever the bytes, an answer, soon, and never an exception. */
class ParquetFuzzTest {
  @Test
  void no_input_breaks_the_reader() {
    Fuzzing.run(ParquetFuzz::fuzzerTestOneInput, "parquet");
  }
}
