// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Fuzzing;
import aqueduct.logs.Streamed;

/** Target: any bytes as a kept file. Never throws, and every line is an event or rejected. */
public final class FileFuzz {
  private FileFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(FileFuzz::fuzzerTestOneInput, "file");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Streamed.of(data);
  }
}
