// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;

/** Addresses in CIDR form ({@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address alone). */
final class AddressRange {
  private final int version;
  private final int bits;
  private final int v4;
  private final int[] groups;

  private AddressRange(IpAddress first, int bits) {
    this.version = first.version();
    this.bits = bits;
    this.v4 = first.v4();
    this.groups = first.groups().clone();
  }

  /** Throws IllegalArgumentException if the text is no such range. */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = (slash < 0 ? text : text.substring(0, slash)).getBytes(StandardCharsets.UTF_8);
    IpAddress first = new IpAddress();
    first.parse(address, 0, address.length);
    int most = first.version() == 4 ? 32 : 128;
    int bits = slash < 0 ? most : number(text.substring(slash + 1));
    if (first.version() == 0 || bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "address range is " + text + ": must be like 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1");
    }
    return new AddressRange(first, bits);
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  boolean contains(IpAddress address) {
    if (address.version() != version) {
      return false;
    }
    if (version == 4) {
      return bits == 0 || (address.v4() ^ v4) >>> (32 - bits) == 0;
    }
    for (int i = 0; i < 8 && 16 * i < bits; i++) {
      int kept = Math.min(16, bits - 16 * i);
      if ((address.groups()[i] ^ groups[i]) >>> (16 - kept) != 0) {
        return false;
      }
    }
    return true;
  }
}
