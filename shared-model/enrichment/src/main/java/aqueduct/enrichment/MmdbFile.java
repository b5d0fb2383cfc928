// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A MaxMind DB file, mapped -> its search tree and its data. Throws {@link CorruptDatasetException}
 * if the file is none, is cut, or is larger than any real one.
 *
 * @param tree the search tree
 * @param data the data section
 * @param nodes of the tree
 * @param recordSize bits of one of a node's two records
 * @param ipVersion 4 or 6
 */
record MmdbFile(ByteBuffer tree, MmdbData data, int nodes, int recordSize, int ipVersion) {
  private static final byte[] MARKER =
      "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
  private static final int METADATA = 128 << 10;
  private static final int SEPARATOR = 16;

  static MmdbFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new CorruptDatasetException("it has more than 2 GiB");
      }
      return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  static MmdbFile of(ByteBuffer file) throws CorruptDatasetException {
    int marker = marker(file);
    int metadataStart = marker + MARKER.length;
    Object metadata = new MmdbData(file.slice(metadataStart, file.limit() - metadataStart)).at(0);
    Map<?, ?> fields = metadata instanceof Map<?, ?> map ? map : Map.of();
    long nodes = number(fields, "node_count");
    long recordSize = number(fields, "record_size");
    long ipVersion = number(fields, "ip_version");
    long treeBytes = nodes * recordSize / 4;
    if (!List.of(24L, 28L, 32L).contains(recordSize)
        || (ipVersion != 4 && ipVersion != 6)
        || nodes < 1
        || nodes > Integer.MAX_VALUE / 8
        || treeBytes + SEPARATOR > marker) {
      throw new CorruptDatasetException(
          "it is no MaxMind DB, or cut: its metadata do not fit its " + file.limit() + " bytes");
    }
    int dataStart = (int) treeBytes + SEPARATOR;
    return new MmdbFile(
        file.slice(0, (int) treeBytes),
        new MmdbData(file.slice(dataStart, marker - dataStart)),
        (int) nodes,
        (int) recordSize,
        (int) ipVersion);
  }

  private static int marker(ByteBuffer file) throws CorruptDatasetException {
    for (int at = file.limit() - MARKER.length; at >= 0 && at > file.limit() - METADATA; at--) {
      int i = 0;
      while (i < MARKER.length && file.get(at + i) == MARKER[i]) {
        i++;
      }
      if (i == MARKER.length) {
        return at;
      }
    }
    throw new CorruptDatasetException("it is no MaxMind DB: its metadata are missing");
  }

  private static long number(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof Long value ? value : -1;
  }

  /** The left (0) or right (1) record of a node. */
  int child(int node, int bit) {
    int at = node * (recordSize / 4);
    return switch (recordSize) {
      case 24 -> unsigned(at + 3 * bit, 3);
      case 28 ->
          bit == 0
              ? (unsigned(at + 3, 1) & 0xf0) << 20 | unsigned(at, 3)
              : (unsigned(at + 3, 1) & 0x0f) << 24 | unsigned(at + 4, 3);
      default -> within(unsigned(at + 4 * bit, 4));
    };
  }

  /** A record of 32 bits may be larger than any that there is: then it points out of the data. */
  private static int within(int record) {
    return record < 0 ? Integer.MAX_VALUE : record;
  }

  private int unsigned(int at, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (tree.get(at + i) & 0xff);
    }
    return value;
  }

  /** What a record beyond the nodes points to. */
  Object value(int record) throws CorruptDatasetException {
    return data.at(offset(record));
  }

  /** Where in the data a record beyond the nodes points to. */
  int offset(int record) throws CorruptDatasetException {
    int offset = record - nodes - SEPARATOR;
    if (offset < 0 || offset >= data.length()) {
      throw new CorruptDatasetException("its search tree points out of its data");
    }
    return offset;
  }
}
