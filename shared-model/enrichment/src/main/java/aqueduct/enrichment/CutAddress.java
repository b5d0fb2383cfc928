// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * An address -> its text with all but the first bits zero: {@code 192.0.2.0}, {@code 2001:db8:1::}.
 * Reused; no object per address.
 */
final class CutAddress {
  private final byte[] text = new byte[48];
  private int length;

  byte[] bytes() {
    return text;
  }

  int length() {
    return length;
  }

  void v4(int address, int bits) {
    int kept = bits == 0 ? 0 : address & (-1 << (32 - bits));
    length = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
      number(kept >>> shift & 255);
      if (shift > 0) {
        text[length++] = '.';
      }
    }
  }

  private void number(int octet) {
    if (octet >= 100) {
      text[length++] = (byte) ('0' + octet / 100);
    }
    if (octet >= 10) {
      text[length++] = (byte) ('0' + octet / 10 % 10);
    }
    text[length++] = (byte) ('0' + octet % 10);
  }

  void v6(int[] groups, int bits) {
    length = 0;
    for (int i = 0; i < 8; i++) {
      if (16 * i >= bits) {
        text[length++] = ':';
        if (i == 0) {
          text[length++] = ':';
        }
        return;
      }
      int kept = Math.min(16, bits - 16 * i);
      hex(groups[i] & (0xffff << (16 - kept)) & 0xffff);
      if (i < 7) {
        text[length++] = ':';
      }
    }
  }

  private void hex(int group) {
    boolean started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = group >>> shift & 15;
      started |= digit != 0 || shift == 0;
      if (started) {
        text[length++] = (byte) Character.forDigit(digit, 16);
      }
    }
  }
}
