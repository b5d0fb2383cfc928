// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.Conservation;
import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A window's chunks and repeated lines, by file <-> pages of bytes that each fit an item. */
record WindowAccount(Map<Long, List<AppliedChunk>> chunks, Map<Long, Long> duplicateLines) {
  private static final int PAGE = 8_000; // rows of at most 37 bytes
  private static final byte CHUNK = 0;
  private static final byte DUPLICATES = 1;

  static WindowAccount of(List<AppliedChunk> chunks, Map<Long, Long> duplicateLines) {
    WindowAccount account = new WindowAccount(new TreeMap<>(), new TreeMap<>(duplicateLines));
    Set<ChunkId> seen = new HashSet<>();
    for (AppliedChunk chunk : chunks) {
      if (!seen.add(chunk.id())) {
        throw twice(chunk.id());
      }
      account.add(chunk);
    }
    return account;
  }

  static IllegalStateException twice(ChunkId chunk) {
    return new IllegalStateException(
        "chunk " + chunk + " is applied already: compute the window again without it");
  }

  private void add(AppliedChunk chunk) {
    chunks.computeIfAbsent(chunk.id().fileId(), any -> new ArrayList<>()).add(chunk);
  }

  Set<Long> files() {
    Set<Long> files = new HashSet<>(chunks.keySet());
    files.addAll(duplicateLines.keySet());
    return files;
  }

  /** Adds to the head's sums over all files. */
  void addTo(Item head, int newFiles) {
    List<AppliedChunk> all = chunks.values().stream().flatMap(List::stream).toList();
    add(head, "files", newFiles);
    add(head, "lines", all.stream().mapToLong(AppliedChunk::lines).sum());
    add(head, "file_events", all.stream().mapToLong(AppliedChunk::events).sum());
    add(head, "rejected", all.stream().mapToLong(AppliedChunk::rejected).sum());
    add(head, "filtered", all.stream().mapToLong(AppliedChunk::filtered).sum());
    add(head, "duplicate_lines", duplicateLines.values().stream().mapToLong(l -> l).sum());
  }

  private static void add(Item head, String name, long more) {
    head.with(name, sum(head, name) + more);
  }

  private static long sum(Item head, String name) {
    return head.has(name) ? head.number(name) : 0;
  }

  static Conservation sums(Item head) {
    return new Conservation(
        sum(head, "files"),
        sum(head, "lines"),
        sum(head, "file_events"),
        sum(head, "rejected"),
        sum(head, "filtered"),
        sum(head, "duplicate_lines"));
  }

  List<byte[]> pages() {
    List<byte[]> pages = new ArrayList<>();
    ByteBuffer page = ByteBuffer.allocate(PAGE * 40);
    for (List<AppliedChunk> file : chunks.values()) {
      for (AppliedChunk chunk : file) {
        page = roomy(page, pages);
        page.put(CHUNK).putLong(chunk.id().fileId()).putInt(chunk.id().firstLine());
        page.putInt(chunk.ordinal()).putInt(chunk.lines()).putInt(chunk.events());
        page.putInt(chunk.rejected()).putInt(chunk.filtered());
      }
    }
    for (Map.Entry<Long, Long> file : duplicateLines.entrySet()) {
      page = roomy(page, pages);
      page.put(DUPLICATES).putLong(file.getKey()).putLong(file.getValue());
    }
    end(page, pages);
    return pages;
  }

  private static ByteBuffer roomy(ByteBuffer page, List<byte[]> pages) {
    if (page.remaining() >= 40) {
      return page;
    }
    end(page, pages);
    return page.clear();
  }

  private static void end(ByteBuffer page, List<byte[]> pages) {
    if (page.position() > 0) {
      byte[] rows = new byte[page.position()];
      page.flip().get(rows);
      pages.add(Zstd.compress(rows, 3));
    }
  }

  static WindowAccount read(List<byte[]> pages) {
    WindowAccount account = new WindowAccount(new TreeMap<>(), new HashMap<>());
    for (byte[] packed : pages) {
      ByteBuffer page = ByteBuffer.wrap(Zstd.decompress(packed, PAGE * 40));
      while (page.hasRemaining()) {
        if (page.get() == CHUNK) {
          account.add(
              new AppliedChunk(
                  new ChunkId(page.getLong(), page.getInt()),
                  page.getInt(),
                  page.getInt(),
                  page.getInt(),
                  page.getInt(),
                  page.getInt()));
        } else {
          account.duplicateLines.put(page.getLong(), page.getLong());
        }
      }
    }
    return account;
  }
}
