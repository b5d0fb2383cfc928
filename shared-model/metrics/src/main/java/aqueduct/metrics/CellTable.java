// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.FieldScan;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one report, found by the bytes of bucket and dimension values: an open-addressing
 * table, so that a known cell costs no object.
 */
final class CellTable {
  /** Longest value of a dimension, in bytes; a longer one is cut, on a character's edge. */
  static final int LONGEST_VALUE = 400;

  private final ReportSpec spec;
  private final int[] fields;
  private @Nullable Cell[] slots = new Cell[256];
  private int cells;
  private byte[] key;
  private int length;

  CellTable(ReportSpec spec) {
    this.spec = spec;
    fields = fields(spec).toArray();
    key = new byte[8 + fields.length * (LONGEST_VALUE + 2)];
  }

  /** The numbers of the fields behind the report's dimensions. */
  static IntStream fields(ReportSpec spec) {
    return spec.fields().stream().mapToInt(field -> number(spec, field));
  }

  private static int number(ReportSpec spec, String field) {
    for (FieldDescriptor descriptor : EnrichedLog.getDescriptor().getFields()) {
      String canonical = descriptor.getOptions().getExtension(aqueduct.wire.Canonical.canonical);
      if (canonical.equals(field)
          && descriptor.getType() == FieldDescriptor.Type.STRING
          && !descriptor.isRepeated()) {
        return descriptor.getNumber();
      }
    }
    throw new IllegalArgumentException(
        "report "
            + spec.name()
            + ": "
            + field
            + " is no text field of the enriched event; see enriched_log.proto");
  }

  int cells() {
    return cells;
  }

  void add(FieldScan event, EventFacts facts) {
    if (switch (spec.bots()) {
      case INCLUDE -> true;
      case EXCLUDE -> !facts.bot;
      case ONLY -> facts.bot;
    }) {
      writeKey(event, facts.bucket);
      cell().add(facts);
    }
  }

  private void writeKey(FieldScan event, long bucket) {
    for (int i = 0; i < 8; i++) {
      key[i] = (byte) (bucket >>> (56 - 8 * i));
    }
    length = 8;
    for (int field : fields) {
      int size = cut(event, field);
      key[length] = (byte) (size >>> 8);
      key[length + 1] = (byte) size;
      System.arraycopy(event.buffer(), event.from(field), key, length + 2, size);
      length += 2 + size;
    }
  }

  static int cut(FieldScan event, int field) {
    int size = event.length(field);
    if (size <= LONGEST_VALUE) {
      return size;
    }
    int end = LONGEST_VALUE;
    while (end > 0 && (event.buffer()[event.from(field) + end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private Cell cell() {
    long hash = hash();
    int mask = slots.length - 1;
    for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
      Cell cell = slots[slot];
      if (cell == null) {
        return insert(slot, hash);
      }
      if (cell.hash == hash && Arrays.equals(cell.key, 0, cell.key.length, key, 0, length)) {
        return cell;
      }
    }
  }

  private Cell insert(int slot, long hash) {
    Cell cell = new Cell(Arrays.copyOf(key, length), hash, spec);
    slots[slot] = cell;
    if (++cells * 2 > slots.length) {
      grow();
    }
    return cell;
  }

  private void grow() {
    @Nullable Cell[] old = slots;
    slots = new Cell[old.length * 2];
    int mask = slots.length - 1;
    for (Cell cell : old) {
      if (cell != null) {
        int slot = (int) cell.hash & mask;
        while (slots[slot] != null) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = cell;
      }
    }
  }

  private long hash() {
    long hash = 0x9E3779B97F4A7C15L ^ length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = mix(hash ^ (long) LONGS.get(key, i));
    }
    long tail = 0;
    for (; i < length; i++) {
      tail = tail << 8 | (key[i] & 0xff);
    }
    return mix(hash ^ tail);
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 32) * 0xD6E8FEB86659FD93L;
    return (z ^ z >>> 32) * 0xD6E8FEB86659FD93L ^ z >>> 29;
  }

  private static final java.lang.invoke.VarHandle LONGS =
      java.lang.invoke.MethodHandles.byteArrayViewVarHandle(
          long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);

  List<MetricDelta> deltas() {
    List<MetricDelta> deltas = new ArrayList<>(cells);
    Arrays.stream(slots)
        .filter(Objects::nonNull)
        .forEach(cell -> deltas.add(new MetricDelta(key(cell.key), cell.measures())));
    return deltas;
  }

  private MetricKey key(byte[] bytes) {
    long bucket = 0;
    for (int i = 0; i < 8; i++) {
      bucket = bucket << 8 | (bytes[i] & 0xff);
    }
    List<String> values = new ArrayList<>(fields.length);
    for (int i = 8; i < bytes.length; ) {
      int size = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
      values.add(text(bytes, i + 2, size));
      i += 2 + size;
    }
    return new MetricKey(spec.name(), Instant.ofEpochSecond(bucket), values);
  }

  /** Stores refuse NUL in text; it becomes the replacement character, as does what is no UTF-8. */
  private static String text(byte[] bytes, int from, int size) {
    return new String(bytes, from, size, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }
}
