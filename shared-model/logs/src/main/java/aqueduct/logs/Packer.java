// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Messages -> one packed record: the KPL form with one partition key, the chunk id, for all its
 * user records (KCL drops a record whole when one of its keys hashes outside the shard). The same
 * messages and header give the same bytes. Reusable, not thread-safe; allocates only the finished
 * record.
 */
public final class Packer {
  private static final int INITIAL_BYTES = 64 * 1024;

  /** Tag and length of the user record, its key index 0, tag and length of its data. */
  private static final int USER_RECORD_OVERHEAD = 1 + 5 + 2 + 1 + 5;

  /** Magic, digest, and tags and lengths of key and header. */
  private static final int ENVELOPE_BYTES = Kpl.MAGIC_LENGTH + Kpl.DIGEST_LENGTH + 2 * (2 + 5);

  private static final Map<Codec, Queue<Packer>> IDLE =
      Map.of(Codec.ZSTD, new ConcurrentLinkedQueue<>(), Codec.KPL, new ConcurrentLinkedQueue<>());

  private final Codec codec;
  private final MessageDigest md5 = Kpl.md5();
  private byte[] body = new byte[INITIAL_BYTES];
  private byte[] scratch = new byte[0];
  private int length;
  private int messages;
  private int messageBytes;

  public Packer(Codec codec) {
    this.codec = codec;
  }

  /**
   * An empty one that another file has left, with buffers that have grown to a chunk's size; else a
   * new one. As many are kept as ever worked at the same time.
   */
  static Packer idle(Codec codec) {
    Packer idle = idleOf(codec).poll();
    return idle == null ? new Packer(codec) : idle;
  }

  /** Leaves this one to other files. */
  void giveBack() {
    clear();
    idleOf(codec).add(this);
  }

  private static Queue<Packer> idleOf(Codec codec) {
    return Objects.requireNonNull(IDLE.get(codec));
  }

  /** Adds the message {@code buffer[from, to)}, which is copied. */
  public void add(byte[] buffer, int from, int to) {
    int size = to - from;
    reserve(size + USER_RECORD_OVERHEAD);
    if (codec == Codec.KPL) {
      length = putUserRecordHead(body, length, size);
    } else {
      length = Wire.putVarint(body, length, size);
    }
    System.arraycopy(buffer, from, body, length, size);
    length += size;
    messages++;
    messageBytes += size;
  }

  /** How many messages were added since the last pack. */
  public int messages() {
    return messages;
  }

  /** The length of those messages together, uncompressed. */
  public int bytes() {
    return messageBytes;
  }

  /**
   * Closes the record and starts anew. {@code events} and {@code codec} of the header are set here.
   * Throws IllegalArgumentException if then not lines = events + rejected + filtered.
   */
  public PackedRecord pack(ChunkHeader header) {
    ChunkHeader complete = header.toBuilder().setEvents(messages).setCodec(codec.text()).build();
    requireConservation(complete);
    String key = new ChunkId(complete.getFileId(), complete.getFirstLine()).toString();
    byte[] record = record(key.getBytes(StandardCharsets.US_ASCII), complete.toByteArray());
    clear();
    return new PackedRecord(key, record);
  }

  private static void requireConservation(ChunkHeader header) {
    if (header.getLines() != header.getEvents() + header.getRejected() + header.getFiltered()) {
      throw new IllegalArgumentException(
          "lines != events + rejected + filtered in the header of chunk "
              + new ChunkId(header.getFileId(), header.getFirstLine())
              + String.format(
                  ": %d != %d + %d + %d",
                  header.getLines(),
                  header.getEvents(),
                  header.getRejected(),
                  header.getFiltered()));
    }
  }

  private byte[] record(byte[] key, byte[] header) {
    int bodyBound = codec == Codec.KPL ? length : USER_RECORD_OVERHEAD + Zstandard.bound(length);
    int bound = ENVELOPE_BYTES + key.length + header.length + bodyBound;
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    byte[] record = scratch;
    Kpl.putMagic(record);
    int at = putBytes(record, Kpl.MAGIC_LENGTH, Kpl.PARTITION_KEYS, key);
    at = putBytes(record, at, Kpl.CHUNK_HEADER, header);
    at = codec == Codec.KPL ? putBody(record, at) : putCompressedBody(record, at);
    return Arrays.copyOf(record, sign(record, at));
  }

  private int putBody(byte[] record, int at) {
    System.arraycopy(body, 0, record, at, length);
    return at + length;
  }

  private int putCompressedBody(byte[] record, int at) {
    // The head's length depends on the frame's: compress behind the longest head, then close up.
    int frameAt = at + USER_RECORD_OVERHEAD;
    int frame = Zstandard.compress(body, length, record, frameAt);
    int to = putUserRecordHead(record, at, frame);
    System.arraycopy(record, frameAt, record, to, frame);
    return to + frame;
  }

  private int sign(byte[] record, int at) {
    md5.update(record, Kpl.MAGIC_LENGTH, at - Kpl.MAGIC_LENGTH);
    try {
      return at + md5.digest(record, at, Kpl.DIGEST_LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("the record has room for its digest", e);
    }
  }

  private static int putUserRecordHead(byte[] target, int at, int size) {
    int inner = 2 + 1 + Wire.varintSize(size) + size;
    int to = Wire.putVarint(target, at, Wire.tag(Kpl.RECORDS, Wire.BYTES));
    to = Wire.putVarint(target, to, inner);
    target[to++] = (byte) Wire.tag(Kpl.KEY_INDEX, Wire.VARINT);
    target[to++] = 0;
    target[to++] = (byte) Wire.tag(Kpl.DATA, Wire.BYTES);
    return Wire.putVarint(target, to, size);
  }

  private static int putBytes(byte[] target, int at, int field, byte[] value) {
    int to = Wire.putVarint(target, at, Wire.tag(field, Wire.BYTES));
    to = Wire.putVarint(target, to, value.length);
    System.arraycopy(value, 0, target, to, value.length);
    return to + value.length;
  }

  private void reserve(int more) {
    if (body.length - length < more) {
      body = Arrays.copyOf(body, Math.max(body.length * 2, Math.addExact(length, more)));
    }
  }

  /** Forgets the messages that were added and not packed: those of a chunk that failed half-way. */
  public void clear() {
    length = 0;
    messages = 0;
    messageBytes = 0;
  }
}
