// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import aqueduct.logs.Fuzzing;
import aqueduct.logs.Streamed;
import java.util.Arrays;

/** Target: any bytes behind Parquet's magic as a kept file. */
public final class ParquetFuzz {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private ParquetFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(ParquetFuzz::fuzzerTestOneInput, "parquet");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    byte[] file = Arrays.copyOf(data, Math.max(12, data.length));
    System.arraycopy(MAGIC, 0, file, 0, 4);
    System.arraycopy(MAGIC, 0, file, file.length - 4, 4);
    Streamed.of("logs/a.parquet", file);
  }
}
