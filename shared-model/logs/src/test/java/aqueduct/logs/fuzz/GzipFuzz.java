// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Fuzzing;
import aqueduct.logs.Streamed;

/** Target: any bytes behind gzip's magic as a kept file. */
public final class GzipFuzz {
  private GzipFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(GzipFuzz::fuzzerTestOneInput, "gzip");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    byte[] file = data.clone();
    if (file.length > 1) {
      file[0] = 0x1f;
      file[1] = (byte) 0x8b;
    }
    Streamed.of(file);
  }
}
