// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.RawLog;
import java.util.Arrays;

/**
 * Values of one log line -> RawLog bytes, in one reused buffer. Strings are made legal UTF-8, so
 * that every reader of protobuf takes them. Not thread-safe.
 */
public final class RawLogWriter {
  private final PercentDecoder percent = new PercentDecoder();
  private final Utf8 utf8 = new Utf8();
  private byte[] buffer = new byte[4096];
  private int length;
  private long timeUs;
  private long fileId;
  private int line;
  private boolean ascii;

  /**
   * Starts the event of a line.
   *
   * @param asciiLine whether all of the line is ASCII, which spares to look at each column
   */
  void start(long newFileId, int newLine, boolean asciiLine) {
    fileId = newFileId;
    line = newLine;
    ascii = asciiLine;
    length = 0;
    fixed64(RawLog.FILE_ID_FIELD_NUMBER, fileId);
    number(RawLog.LINE_FIELD_NUMBER, line);
  }

  /** To be called if texts of the line may have other bytes than the line itself, by escapes. */
  public void anyBytes() {
    ascii = false;
  }

  /** The identity of the line's file. */
  public long fileId() {
    return fileId;
  }

  /** The line's number in its file. */
  public int line() {
    return line;
  }

  /** The event's time in microseconds since the epoch, and how fine the log's clock is. */
  public void time(long us, int resolutionUs) {
    timeUs = us;
    number(RawLog.TIME_US_FIELD_NUMBER, us);
    number(RawLog.TIME_RESOLUTION_US_FIELD_NUMBER, resolutionUs);
  }

  /** A field of type varint. */
  public void number(int field, long value) {
    reserve(20);
    length = Wire.putVarint(buffer, length, Wire.tag(field, Wire.VARINT));
    length = Wire.putVarint(buffer, length, value);
  }

  /** A field of type fixed64. */
  public void fixed64(int field, long value) {
    reserve(13);
    length = Wire.putVarint(buffer, length, Wire.tag(field, Wire.FIXED64));
    length = Wire.putFixed64(buffer, length, value);
  }

  /** A string field: these bytes of the line as they are. */
  public void text(int field, byte[] source, int from, int to) {
    if (ascii) {
      bytes(field, source, from, to);
    } else {
      anyText(field, source, from, to);
    }
  }

  private void anyText(int field, byte[] source, int from, int to) {
    if (isLegal(source, from, to)) {
      bytes(field, source, from, to);
    } else {
      bytes(field, utf8.repaired(source, from, to), 0, utf8.length());
    }
  }

  /** A string field: these bytes with A to Z in lower case. */
  public void lowerCase(int field, byte[] source, int from, int to) {
    int start = length;
    text(field, source, from, to);
    for (int at = Math.max(start, length - (to - from)); at < length; at++) {
      if (buffer[at] >= 'A' && buffer[at] <= 'Z') {
        buffer[at] |= 0x20;
      }
    }
  }

  /** A string field: these bytes percent-decoded that many times. */
  public void decoded(int field, byte[] source, int from, int to, int passes) {
    if (ByteScan.indexOf((byte) '%', source, from, to) == to) {
      text(field, source, from, to);
    } else {
      int decodedLength = percent.decode(source, from, to, passes);
      anyText(field, percent.decoded(), 0, decodedLength);
    }
  }

  /** An entry of a map of strings: {@code key} must be legal UTF-8. */
  public void entry(int field, byte[] key, byte[] source, int from, int to) {
    boolean legal = isLegal(source, from, to);
    byte[] value = legal ? source : utf8.repaired(source, from, to);
    int valueFrom = legal ? from : 0;
    int valueTo = legal ? to : utf8.length();
    reserve(key.length + valueTo - valueFrom + 30);
    length = Wire.putVarint(buffer, length, Wire.tag(field, Wire.BYTES));
    length =
        Wire.putVarint(buffer, length, sizeOf(key.length) + (long) sizeOf(valueTo - valueFrom));
    bytes(1, key, 0, key.length);
    bytes(2, value, valueFrom, valueTo);
  }

  /** Fields that are encoded already. */
  public void encoded(byte[] fields) {
    reserve(fields.length);
    System.arraycopy(fields, 0, buffer, length, fields.length);
    length += fields.length;
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  long timeUs() {
    return timeUs;
  }

  private static boolean isLegal(byte[] source, int from, int to) {
    return ByteScan.isAscii(source, from, to) || Utf8.isLegal(source, from, to);
  }

  private static int sizeOf(int bytes) {
    return 1 + Wire.varintSize(bytes) + bytes;
  }

  private void bytes(int field, byte[] source, int from, int to) {
    int size = to - from;
    reserve(size + 10);
    length = Wire.putVarint(buffer, length, Wire.tag(field, Wire.BYTES));
    length = Wire.putVarint(buffer, length, size);
    System.arraycopy(source, from, buffer, length, size);
    length += size;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(length, more)));
    }
  }
}
