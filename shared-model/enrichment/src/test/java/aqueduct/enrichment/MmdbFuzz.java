// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Target: any bytes as an address database, verified and asked. Refused, or it answers. */
public final class MmdbFuzz {
  private static final String[] ADDRESSES = {"0.0.0.0", "128.1.2.3", "2001:db8::1", "::1"};

  private MmdbFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(MmdbFuzz::fuzzerTestOneInput, "mmdb");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    try {
      AddressDatabase<byte[]> database =
          new AddressDatabase<>(MmdbFile.of(ByteBuffer.wrap(data)), CityFields::of);
      ask(database);
      database.verify();
    } catch (CorruptDatasetException refused) {
      // the answer that it should give
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(AddressDatabase<byte[]> database) {
    IpAddress ip = new IpAddress();
    for (String address : ADDRESSES) {
      byte[] text = address.getBytes(StandardCharsets.US_ASCII);
      ip.parse(text, 0, text.length);
      try {
        database.find(ip);
      } catch (UncheckedIOException damaged) {
        // a look-up says so too
      }
    }
  }
}
