// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Fuzzing;
import aqueduct.logs.Streamed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Target: any bytes as lines of a file that is JSON. */
public final class JsonFuzz {
  private static final byte[] FIRST =
      "{\"timestamp(ms)\":\"1575493351250\",\"sc-status\":\"200\"}\n"
          .getBytes(StandardCharsets.US_ASCII);

  private JsonFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(JsonFuzz::fuzzerTestOneInput, "json");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    byte[] file = Arrays.copyOf(FIRST, FIRST.length + data.length);
    System.arraycopy(data, 0, file, FIRST.length, data.length);
    if (Streamed.of(file).events.isEmpty()) {
      throw new AssertionError("the first line is an event");
    }
  }
}
