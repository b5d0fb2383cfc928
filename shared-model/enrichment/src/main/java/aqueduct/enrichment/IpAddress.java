// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

/**
 * A textual IPv4 or IPv6 address -> its bits; an IPv4 address inside IPv6 ({@code
 * ::ffff:192.0.2.1}) is the IPv4 address. Reused.
 */
final class IpAddress {
  private final int[] groups = new int[8];
  private final int[] beforeGap = new int[8];
  private int version;
  private int v4;

  /** 4 or 6; 0 if the text was no address. */
  int version() {
    return version;
  }

  int v4() {
    return v4;
  }

  /** The eight 16-bit groups of an IPv6 address. */
  int[] groups() {
    return groups;
  }

  void clear() {
    version = 0;
  }

  void parse(byte[] text, int from, int to) {
    version = 0;
    if (to - from < 2 || to - from > 45) {
      return;
    }
    boolean colon = false;
    for (int i = from; i < to && !colon; i++) {
      colon = text[i] == ':';
    }
    if (colon ? parseV6(text, from, to) : parseV4(text, from, to)) {
      version = colon && !mapped() ? 6 : 4;
    }
  }

  private boolean mapped() {
    for (int i = 0; i < 5; i++) {
      if (groups[i] != 0) {
        return false;
      }
    }
    if (groups[5] != 0xffff) {
      return false;
    }
    v4 = groups[6] << 16 | groups[7];
    return true;
  }

  private boolean parseV4(byte[] text, int from, int to) {
    int bits = 0;
    int octet = 0;
    int digits = 0;
    int dots = 0;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c == '.') {
        if (digits == 0 || ++dots > 3) {
          return false;
        }
        bits = bits << 8 | octet;
        octet = 0;
        digits = 0;
      } else if (c >= '0' && c <= '9' && digits < 3) {
        octet = octet * 10 + c - '0';
        digits++;
        if (octet > 255) {
          return false;
        }
      } else {
        return false;
      }
    }
    v4 = bits << 8 | octet;
    return dots == 3 && digits > 0;
  }

  private boolean parseV6(byte[] text, int from, int to) {
    int count = 0;
    int gap = -1;
    int group = 0;
    int digits = 0;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      int hex = Character.digit(c, 16);
      if (hex >= 0 && digits < 4) {
        group = group << 4 | hex;
        digits++;
      } else if (c == ':') {
        if (digits > 0) {
          if (count == 8) {
            return false;
          }
          beforeGap[count++] = group;
          group = 0;
          digits = 0;
          if (i + 1 == to) {
            return false; // a single colon at the end
          }
        } else if (i == from) {
          if (i + 1 >= to || text[i + 1] != ':') {
            return false;
          }
          i++;
          gap = 0;
        } else if (gap >= 0) {
          return false;
        } else {
          gap = count;
        }
      } else if (c == '.' && count <= 6) {
        int start = i;
        while (start > from && text[start - 1] != ':') {
          start--;
        }
        if (!parseV4(text, start, to)) {
          return false;
        }
        beforeGap[count++] = v4 >>> 16;
        beforeGap[count++] = v4 & 0xffff;
        digits = 0;
        break;
      } else {
        return false;
      }
    }
    if (digits > 0) {
      if (count == 8) {
        return false;
      }
      beforeGap[count++] = group;
    }
    return spread(count, gap);
  }

  private boolean spread(int count, int gap) {
    if (gap < 0 ? count != 8 : count > 7) {
      return false;
    }
    int head = gap < 0 ? 8 : gap;
    for (int i = 0; i < 8; i++) {
      int tail = i - (8 - (count - head));
      groups[i] = i < head ? beforeGap[i] : tail >= 0 ? beforeGap[head + tail] : 0;
    }
    return true;
  }
}
