// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a KPL record -> the bounds of its user records' data, and its ChunkHeader if any.
 */
final class AggregatedRecord {
  private final MessageDigest md5 = Kpl.md5();
  private final WireCursor outer = new WireCursor();
  private final WireCursor inner = new WireCursor();
  private byte[] digest = new byte[0];
  private @Nullable ByteString header;
  private long keysNeeded;
  private long hashKeysNeeded;

  /**
   * Adds the data of every user record of {@code record}, which has the magic, to {@code chunk}.
   */
  void read(byte[] record, UnpackedChunk chunk) throws CorruptRecordException {
    int end = record.length - Kpl.DIGEST_LENGTH;
    if (end < Kpl.MAGIC_LENGTH) {
      throw new CorruptRecordException("bad_digest", "an aggregated record cut before its digest");
    }
    verify(record, end);
    header = null;
    keysNeeded = 0;
    hashKeysNeeded = 0;
    long keys = 0;
    long hashKeys = 0;
    outer.over(record, Kpl.MAGIC_LENGTH, end);
    while (outer.next()) {
      if (outer.is(Kpl.RECORDS, Wire.BYTES)) {
        readUserRecord(record, outer.from(), outer.to(), chunk);
      } else if (outer.is(Kpl.CHUNK_HEADER, Wire.BYTES)) {
        header = ByteString.copyFrom(record, outer.from(), outer.to() - outer.from());
      } else if (outer.is(Kpl.PARTITION_KEYS, Wire.BYTES)) {
        keys++;
      } else if (outer.is(Kpl.HASH_KEYS, Wire.BYTES)) {
        hashKeys++;
      }
    }
    if (keysNeeded > keys || hashKeysNeeded > hashKeys) {
      throw new CorruptRecordException("bad_protobuf", "a user record names a key of no table");
    }
  }

  @Nullable ByteString header() {
    return header;
  }

  byte[] digest() {
    return digest;
  }

  private void verify(byte[] record, int end) throws CorruptRecordException {
    md5.update(record, Kpl.MAGIC_LENGTH, end - Kpl.MAGIC_LENGTH);
    digest = md5.digest();
    if (!Arrays.equals(digest, 0, digest.length, record, end, record.length)) {
      throw new CorruptRecordException(
          "bad_digest", "the MD5 at the end is not that of the record");
    }
  }

  private void readUserRecord(byte[] record, int from, int to, UnpackedChunk chunk)
      throws CorruptRecordException {
    int dataFrom = -1;
    int dataTo = -1;
    boolean keyed = false;
    inner.over(record, from, to);
    while (inner.next()) {
      if (inner.is(Kpl.DATA, Wire.BYTES)) {
        dataFrom = inner.from();
        dataTo = inner.to();
      } else if (inner.is(Kpl.KEY_INDEX, Wire.VARINT)) {
        keyed = true;
        keysNeeded = Math.max(keysNeeded, tableLength(inner.number()));
      } else if (inner.is(Kpl.HASH_KEY_INDEX, Wire.VARINT)) {
        hashKeysNeeded = Math.max(hashKeysNeeded, tableLength(inner.number()));
      }
    }
    if (dataFrom < 0 || !keyed) {
      throw new CorruptRecordException("bad_protobuf", "a user record without data or key");
    }
    chunk.add(dataFrom, dataTo);
  }

  /** How long a table must be to have {@code index}, which is unsigned. */
  private static long tableLength(long index) {
    return index < 0 || index == Long.MAX_VALUE ? Long.MAX_VALUE : index + 1;
  }
}
