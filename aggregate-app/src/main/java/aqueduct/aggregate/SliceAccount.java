// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the records of one slice of a window; as bytes on its way to the driver.
 *
 * @param chunks chunks that were counted
 * @param duplicateLines lines of chunks that were dropped as repeats, by file
 * @param rejections how many were sent to the rejected pipe
 */
record SliceAccount(List<AppliedChunk> chunks, Map<Long, Long> duplicateLines, long rejections) {

  SliceAccount() {
    this(new ArrayList<>(), new HashMap<>(), 0);
  }

  SliceAccount plus(SliceAccount other) {
    List<AppliedChunk> allChunks = new ArrayList<>(chunks);
    allChunks.addAll(other.chunks);
    Map<Long, Long> allDuplicates = new HashMap<>(duplicateLines);
    other.duplicateLines.forEach((file, lines) -> allDuplicates.merge(file, lines, Long::sum));
    return new SliceAccount(allChunks, allDuplicates, rejections + other.rejections);
  }

  long events() {
    return chunks.stream().mapToLong(AppliedChunk::events).sum();
  }

  long duplicates() {
    return duplicateLines.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether a chunk stands twice: its records lay in two slices. */
  boolean repeats() {
    return chunks.stream().map(AppliedChunk::id).distinct().count() < chunks.size();
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(rejections);
      out.writeInt(chunks.size());
      for (AppliedChunk chunk : chunks) {
        out.writeLong(chunk.id().fileId());
        for (int number :
            new int[] {
              chunk.id().firstLine(),
              chunk.ordinal(),
              chunk.lines(),
              chunk.events(),
              chunk.rejected(),
              chunk.filtered()
            }) {
          out.writeInt(number);
        }
      }
      out.writeInt(duplicateLines.size());
      for (Map.Entry<Long, Long> duplicate : duplicateLines.entrySet()) {
        out.writeLong(duplicate.getKey());
        out.writeLong(duplicate.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SliceAccount decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long rejections = in.readLong();
      List<AppliedChunk> chunks = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        chunks.add(
            new AppliedChunk(
                new ChunkId(in.readLong(), in.readInt()),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt()));
      }
      Map<Long, Long> duplicates = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        duplicates.put(in.readLong(), in.readLong());
      }
      return new SliceAccount(chunks, duplicates, rejections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
