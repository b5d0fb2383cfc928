// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * A packed record -> its messages. Reads both codecs, stock KPL records (any keys, hash keys, tags)
 * and plain records (no magic: the record is one message). Everything is checked before {@code
 * unpack} returns: a record with the magic and a wrong digest is corrupt and never parsed.
 * Reusable, not thread-safe; no object per message.
 */
public final class Unpacker {
  /** Kinesis takes records of at most 10 MiB. */
  private static final int MAX_RECORD_BYTES = 10 << 20;

  /** A chunk of the widest legal lines stays below a third of this. */
  private static final int MAX_UNPACKED_BYTES = 32 << 20;

  private final ForeignHeader foreign;
  private final AggregatedRecord aggregated = new AggregatedRecord();
  private final WireCursor cursor = new WireCursor();
  private final UnpackedChunk chunk = new UnpackedChunk();
  private byte[] unpacked = new byte[0];

  /**
   * @param plainMessageType what a record without ChunkHeader is said to hold, such as RawLog
   */
  public Unpacker(String plainMessageType) {
    foreign = new ForeignHeader(plainMessageType);
  }

  /** The messages of the record, valid until the next call. */
  public PackedChunk unpack(byte[] record) throws CorruptRecordException {
    if (record.length == 0) {
      throw new CorruptRecordException("empty_record", "a record of no bytes");
    }
    if (record.length > MAX_RECORD_BYTES) {
      throw new CorruptRecordException("too_large", "a record of " + record.length + " bytes");
    }
    chunk.clear(record);
    if (Kpl.hasMagic(record)) {
      readAggregated(record);
    } else {
      readPlain(record);
    }
    return chunk;
  }

  private void readPlain(byte[] record) throws CorruptRecordException {
    cursor.over(record, 0, record.length);
    while (cursor.next()) {
      // Only whether it is protobuf at all; what it means is for its reader.
    }
    chunk.add(0, record.length);
    chunk.header(foreign.of(chunk, Kpl.md5().digest(record)));
  }

  private void readAggregated(byte[] record) throws CorruptRecordException {
    aggregated.read(record, chunk);
    ByteString headerBytes = aggregated.header();
    if (headerBytes == null) {
      chunk.header(foreign.of(chunk, aggregated.digest()));
      return;
    }
    ChunkHeader header = parse(headerBytes);
    if (codec(header) == Codec.ZSTD) {
      decompress(record);
    }
    if (header.getEvents() != chunk.count()) {
      throw new CorruptRecordException(
          "wrong_count", chunk.count() + " messages, the header says " + header.getEvents());
    }
    chunk.header(header);
  }

  private void decompress(byte[] record) throws CorruptRecordException {
    if (chunk.count() != 1) {
      throw new CorruptRecordException("bad_zstd", chunk.count() + " frames instead of one");
    }
    int from = chunk.from(0);
    int to = chunk.to(0);
    int size = Zstandard.contentSize(record, from, to, MAX_UNPACKED_BYTES);
    if (unpacked.length < size) {
      unpacked = new byte[size];
    }
    Zstandard.decompress(record, from, to, unpacked, size);
    chunk.clear(unpacked);
    cursor.over(unpacked, 0, size);
    while (cursor.nextDelimited()) {
      chunk.add(cursor.from(), cursor.to());
    }
  }

  private static ChunkHeader parse(ByteString bytes) throws CorruptRecordException {
    try {
      return ChunkHeader.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptRecordException("bad_header", "the ChunkHeader is not readable");
    }
  }

  private static Codec codec(ChunkHeader header) throws CorruptRecordException {
    try {
      return Codec.parse(header.getCodec());
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("bad_header", "the ChunkHeader names no codec known here");
    }
  }
}
