// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Target: any bytes as each of the lists, and as a manifest. */
public final class ListFuzz {
  private ListFuzz() {}

  private interface Reader {
    Object read(ByteArrayInputStream in) throws IOException;
  }

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(ListFuzz::fuzzerTestOneInput, "list");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    read(data, BotList::read);
    read(data, NetworkList::read);
    read(data, ReferrerList::read);
    read(data, PublicSuffixes::read);
    try {
      DatasetManifest.read("folder/bots/2026-01-06/manifest.json", data, false);
    } catch (IllegalStateException refused) {
      // the answer that it should give
    }
  }

  private static void read(byte[] data, Reader reader) {
    try {
      reader.read(new ByteArrayInputStream(data));
    } catch (IOException refused) {
      // the answer that it should give
    }
  }
}
