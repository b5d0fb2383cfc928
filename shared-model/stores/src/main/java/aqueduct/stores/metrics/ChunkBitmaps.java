// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.WindowCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Chunks of a window -> the rows of their files: one bitmap of first lines and the sums, per file.
 */
final class ChunkBitmaps {

  private ChunkBitmaps() {}

  static Map<Long, RoaringBitmap> read(
      Connection connection, Collection<Long> files, boolean forUpdate) throws SQLException {
    Map<Long, RoaringBitmap> bitmaps = new HashMap<>();
    String sql =
        "select file_id, first_lines from applied_file where file_id = any(?) order by file_id"
            + (forUpdate ? " for update" : "");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bigint", files.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          bitmaps.put(rows.getLong(1), bitmap(rows.getBytes(2)));
        }
      }
    }
    return bitmaps;
  }

  private static RoaringBitmap bitmap(byte[] bytes) {
    try {
      RoaringBitmap bitmap = new RoaringBitmap();
      bitmap.deserialize(ByteBuffer.wrap(bytes));
      return bitmap;
    } catch (IOException e) {
      throw new UncheckedIOException("a bitmap of applied chunks is damaged", e);
    }
  }

  private static byte[] bytes(RoaringBitmap bitmap) {
    bitmap.runOptimize();
    ByteBuffer buffer = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(buffer);
    return buffer.array();
  }

  /**
   * Adds the commit's chunks and duplicates. Throws IllegalStateException if a chunk was there
   * already.
   */
  static void add(Connection connection, WindowCommit commit) throws SQLException {
    Map<Long, FileSum> sums = new TreeMap<>(); // in key order, against deadlocks
    for (AppliedChunk chunk : commit.chunks()) {
      sums.computeIfAbsent(chunk.id().fileId(), any -> new FileSum()).add(chunk);
    }
    commit
        .duplicateLines()
        .forEach(
            (file, lines) -> sums.computeIfAbsent(file, any -> new FileSum()).duplicates += lines);
    Map<Long, RoaringBitmap> applied = read(connection, List.copyOf(sums.keySet()), true);
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into applied_file values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (file_id) do update set"
                + " first_lines = excluded.first_lines, chunks = applied_file.chunks + excluded.chunks,"
                + " lines = applied_file.lines + excluded.lines, events = applied_file.events + excluded.events,"
                + " rejected = applied_file.rejected + excluded.rejected, filtered = applied_file.filtered + excluded.filtered,"
                + " duplicate_lines = applied_file.duplicate_lines + excluded.duplicate_lines")) {
      for (Map.Entry<Long, FileSum> entry : sums.entrySet()) {
        entry
            .getValue()
            .write(
                upsert, entry.getKey(), applied.getOrDefault(entry.getKey(), new RoaringBitmap()));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static final class FileSum {
    private final RoaringBitmap firstLines = new RoaringBitmap();
    private int chunks;
    private long lines;
    private long events;
    private long rejected;
    private long filtered;
    private long duplicates;

    void add(AppliedChunk chunk) {
      if (!firstLines.checkedAdd(chunk.id().firstLine())) {
        throw twice(chunk.id().toString());
      }
      chunks++;
      lines += chunk.lines();
      events += chunk.events();
      rejected += chunk.rejected();
      filtered += chunk.filtered();
    }

    private static IllegalStateException twice(String chunk) {
      return new IllegalStateException(
          "chunk " + chunk + " is applied already: compute the window again without it");
    }

    void write(PreparedStatement upsert, long file, RoaringBitmap applied) throws SQLException {
      if (RoaringBitmap.intersects(applied, firstLines)) {
        throw twice("of file " + Long.toHexString(file));
      }
      RoaringBitmap union = RoaringBitmap.or(applied, firstLines);
      upsert.setLong(1, file);
      upsert.setBytes(2, bytes(union));
      upsert.setInt(3, chunks);
      upsert.setLong(4, lines);
      upsert.setLong(5, events);
      upsert.setLong(6, rejected);
      upsert.setLong(7, filtered);
      upsert.setLong(8, duplicates);
    }
  }
}
