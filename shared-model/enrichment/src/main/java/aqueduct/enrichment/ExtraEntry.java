// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;

/** One encoded entry of a map of texts -> where its key and its value lie. */
final class ExtraEntry {
  private int at;
  private int keyFrom;
  private int keyTo;
  private int valueFrom;
  private int valueTo;

  int keyFrom() {
    return keyFrom;
  }

  int keyTo() {
    return keyTo;
  }

  int valueFrom() {
    return valueFrom;
  }

  int valueTo() {
    return valueTo;
  }

  /** The {@code i}-th field of the scanned message, which is such an entry. */
  void read(FieldScan log, int i) {
    keyFrom = keyTo = valueFrom = valueTo = 0;
    byte[] bytes = log.buffer();
    at = log.startAt(i);
    int end = log.endAt(i);
    varint(bytes, end); // the tag
    varint(bytes, end); // the entry's length
    while (at < end) {
      long tag = varint(bytes, end);
      int length = (int) varint(bytes, end);
      if ((tag & 7) != 2 || length < 0 || length > end - at) {
        return; // of a newer writer: not ours to read
      }
      if (tag >>> 3 == 1) {
        keyFrom = at;
        keyTo = at + length;
      } else if (tag >>> 3 == 2) {
        valueFrom = at;
        valueTo = at + length;
      }
      at += length;
    }
  }

  private long varint(byte[] bytes, int end) {
    long value = 0;
    for (int shift = 0; at < end && shift < 64; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        break;
      }
    }
    return value;
  }
}
