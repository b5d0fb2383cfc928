// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Fuzzing;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Target: any bytes as a user-agent dictionary, packed and as what is packed. */
public final class DictionaryFuzz {
  private DictionaryFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(DictionaryFuzz::fuzzerTestOneInput, "dictionary");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    read(data);
    read(Zstd.compress(data));
  }

  private static void read(byte[] file) {
    try {
      UserAgentDictionary.read(new ByteArrayInputStream(file));
    } catch (IOException refused) {
      // the answer that it should give
    }
  }
}
