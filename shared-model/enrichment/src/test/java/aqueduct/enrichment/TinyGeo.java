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

  /** The same within IPv6, where a second range, 8000::/1, stands for IPv4 too. */
  static byte[] inIpv6(String country) {
    byte[] record =
        ("\u00e1\u0047country\u00e1\u0048iso_code\u0042" + country)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] tree = new byte[97 * 6];
    for (int node = 0; node < 96; node++) {
      tree[6 * node + 2] = (byte) (node + 1);
      tree[6 * node + 5] = (byte) (node == 0 ? 96 : 97); // 97: no data
    }
    tree[6 * 96 + 2] = 97 + 16;
    tree[6 * 96 + 5] = 97 + 16;
    return database(tree, record, 6);
  }

  static byte[] database(byte[] record) {
    return database(new byte[] {0, 0, 17, 0, 0, 17}, record, 4); // both to the data's start
  }

  private static byte[] database(byte[] tree, byte[] record, int ipVersion) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tree);
    out.writeBytes(new byte[16]);
    out.writeBytes(record);
    out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
    out.write(0xe3); // a map of three
    entry(out, "node_count", tree.length / 6);
    entry(out, "record_size", 24);
    entry(out, "ip_version", ipVersion);
    return out.toByteArray();
  }

  private static void entry(ByteArrayOutputStream out, String name, int value) {
    out.write(0x40 | name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(0xa1); // a number of one byte
    out.write(value);
  }
}
