// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * Protobuf bytes -> their fields, one after the other, without objects. Never reads outside its
 * range; whatever is not protobuf (cut or over-long varint, length past the end, group, field 0) is
 * a {@link CorruptRecordException}.
 */
final class WireCursor {
  private byte[] buffer = new byte[0];
  private int at;
  private int end;
  private int field;
  private int type;
  private long number;
  private int from;

  WireCursor over(byte[] bytes, int start, int stop) {
    buffer = bytes;
    at = start;
    end = stop;
    return this;
  }

  /** Moves to the next field; false at the end. */
  boolean next() throws CorruptRecordException {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) (tag & 7);
    if (tag >>> 32 != 0 || field == 0) {
      throw bad("no such field number");
    }
    switch (type) {
      case Wire.VARINT -> number = varint();
      case Wire.FIXED64 -> skip(8);
      case Wire.BYTES -> skip(length());
      case Wire.FIXED32 -> skip(4);
      default -> throw bad("wire type " + type);
    }
    return true;
  }

  /** Reads a length and steps over that many bytes, as in a length-delimited stream. */
  boolean nextDelimited() throws CorruptRecordException {
    if (at == end) {
      return false;
    }
    skip(length());
    return true;
  }

  boolean is(int wantedField, int wantedType) {
    return field == wantedField && type == wantedType;
  }

  /** The value of a varint field. */
  long number() {
    return number;
  }

  /** The value of a fixed64 field. */
  long fixed64() {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (buffer[from + i] & 0xff);
    }
    return value;
  }

  /** Where the value of a field of bytes starts; it ends at {@link #to()}. */
  int from() {
    return from;
  }

  int to() {
    return at;
  }

  private int length() throws CorruptRecordException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw bad("a length points past the end");
    }
    return (int) length;
  }

  private void skip(int length) throws CorruptRecordException {
    if (length > end - at) {
      throw bad("cut inside a field");
    }
    from = at;
    at += length;
  }

  private long varint() throws CorruptRecordException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw bad("cut inside a number");
      }
      byte b = buffer[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw bad("a number of more than 10 bytes");
  }

  private CorruptRecordException bad(String what) {
    return new CorruptRecordException("bad_protobuf", "not protobuf at byte " + at + ": " + what);
  }
}
