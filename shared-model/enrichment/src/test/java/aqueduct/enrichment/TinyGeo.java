// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The smallest MaxMind DB: one node, both halves of IPv4 with one record. */
final class TinyGeo {
  private TinyGeo() {}

  /** Everything is in one country. */
  static byte[] of(String country) {
    return database(
        ("\u00e1\u0047country\u00e1\u0048iso_code\u0042" + country)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] database(byte[] record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 17, 0, 0, 17}); // both to the data's start
    out.writeBytes(new byte[16]);
    out.writeBytes(record);
    out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
    out.write(0xe3); // a map of three
    entry(out, "node_count", 1);
    entry(out, "record_size", 24);
    entry(out, "ip_version", 4);
    return out.toByteArray();
  }

  private static void entry(ByteArrayOutputStream out, String name, int value) {
    out.write(0x40 | name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(0xa1); // a number of one byte
    out.write(value);
  }
}
