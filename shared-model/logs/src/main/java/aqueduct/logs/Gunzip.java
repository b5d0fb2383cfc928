// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * gzip bytes (RFC 1952) -> the bytes of all members. JDK 17's GZIPInputStream loses every member
 * after the first where a network stream's {@code available()} is 0; commons-compress reads them,
 * but keeps back what it had inflated before damage. Here every readable byte comes out first, then
 * a DamagedFileException tells what is wrong: a cut header, body or trailer, bad deflate data, a
 * bad CRC or length, or bytes that are no gzip member behind the last one.
 */
final class Gunzip implements FileBytes {
  static final int MAGIC_1 = 0x1f;
  static final int MAGIC_2 = 0x8b;

  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final SourceBytes source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private boolean inMember;
  private long consumedBefore;

  Gunzip(SourceBytes source) {
    this.source = source;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    while (true) {
      if (!inMember && !openMember()) {
        return -1;
      }
      int count = inflate(target, from, length);
      if (count > 0) {
        crc.update(target, from, count);
        return count;
      }
      if (inflater.finished()) {
        closeMember();
      } else {
        refill();
      }
    }
  }

  private int inflate(byte[] target, int from, int length) throws DamagedFileException {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(target, from, length);
    } catch (DataFormatException e) {
      int count = (int) (inflater.getBytesWritten() - before);
      if (count > 0) {
        return count; // the next call fails again, with nothing
      }
      throw damaged("its compressed data is not deflate data");
    }
  }

  private void refill() throws IOException {
    if (inflater.needsDictionary()) {
      throw damaged("it needs a dictionary, which gzip does not have");
    }
    if (!source.has(1)) {
      throw damaged("it is cut in its compressed data");
    }
    int count = source.end() - source.at();
    inflater.setInput(source.buffer(), source.at(), count);
    source.skip(count);
  }

  /** Reads a member's header; false if the object ends before it. */
  private boolean openMember() throws IOException {
    if (!source.has(1)) {
      return false;
    }
    if (!source.has(FIXED_HEADER)) {
      throw damaged("it is cut in a member's header, or has bytes behind its last member");
    }
    if (source.next() != MAGIC_1 || source.next() != MAGIC_2 || source.next() != 8) {
      throw damaged("it has bytes where a member should start that are not gzip");
    }
    int flags = source.next();
    if (flags > 0x1f) {
      throw damaged("a member's header has reserved flags");
    }
    source.skip(6);
    skipOptionalHeader(flags);
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void skipOptionalHeader(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      skip(headerByte() | headerByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      headerByte();
    }
  }

  private void skipText() throws IOException {
    while (headerByte() != 0) {
      // a name or comment ends with NUL
    }
  }

  private int headerByte() throws IOException {
    if (!source.has(1)) {
      throw damaged("it is cut in a member's header");
    }
    return source.next();
  }

  private void closeMember() throws IOException {
    source.skip(-inflater.getRemaining());
    consumedBefore += inflater.getBytesRead();
    inMember = false;
    long length = inflater.getBytesWritten();
    inflater.reset();
    if (!source.has(TRAILER)) {
      throw damaged("it is cut in a member's trailer");
    }
    if (littleEndian() != (int) crc.getValue()) {
      throw damaged("a member's CRC is wrong");
    }
    if (littleEndian() != (int) length) {
      throw damaged("a member's length is wrong");
    }
  }

  private int littleEndian() {
    return source.next() | source.next() << 8 | source.next() << 16 | source.next() << 24;
  }

  @Override
  public long consumed() {
    return consumedBefore + inflater.getBytesRead();
  }

  @Override
  public void close() {
    inflater.end();
  }

  private static DamagedFileException damaged(String how) {
    return new DamagedFileException(
        "damaged_gzip",
        "The gzip file is damaged: " + how + ". Get it again from its source, or leave it out.");
  }
}
