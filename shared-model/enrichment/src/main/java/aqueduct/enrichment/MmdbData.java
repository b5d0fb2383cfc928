// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data section of a MaxMind DB -> values: Map, List, String, Long, Double, Boolean (source:
 * MaxMind DB File Format Specification 2.0). What a value costs is bounded, whatever its pointers
 * say: a record deeper than {@value #DEEPEST} or of more than {@value #MOST_VALUES} values is
 * refused.
 */
final class MmdbData {
  private static final int DEEPEST = 32;
  private static final int MOST_VALUES = 4096;
  private final ByteBuffer data;

  MmdbData(ByteBuffer data) {
    this.data = data;
  }

  /** Bytes of the section. */
  int length() {
    return data.limit();
  }

  /** The value at that offset. */
  Object at(int offset) throws CorruptDatasetException {
    try {
      return new Walk(data.duplicate().position(offset)).value(0);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new CorruptDatasetException("a record of it points out of the file");
    }
  }

  private static final class Walk {
    private final ByteBuffer in;
    private int values;

    Walk(ByteBuffer in) {
      this.in = in;
    }

    Object value(int depth) throws CorruptDatasetException {
      if (depth > DEEPEST || ++values > MOST_VALUES) {
        throw new CorruptDatasetException("a record of it is too deep or too large");
      }
      int control = unsigned(1);
      int type = control >>> 5;
      if (type == 1) {
        return pointed(control, depth);
      }
      if (type == 0) {
        type = 7 + unsigned(1);
      }
      return value(type, size(control & 31), depth);
    }

    private Object pointed(int control, int depth) throws CorruptDatasetException {
      int high = control & 7;
      int target =
          switch (control >>> 3 & 3) {
            case 0 -> high << 8 | unsigned(1);
            case 1 -> (high << 16 | unsigned(2)) + 2048;
            case 2 -> (high << 24 | unsigned(3)) + 526_336;
            default -> unsigned(4);
          };
      int back = in.position();
      in.position(target);
      Object value = value(depth + 1);
      in.position(back);
      return value;
    }

    private int size(int size) {
      return switch (size) {
        case 29 -> 29 + unsigned(1);
        case 30 -> 285 + unsigned(2);
        case 31 -> 65_821 + unsigned(3);
        default -> size;
      };
    }

    private Object value(int type, int size, int depth) throws CorruptDatasetException {
      return switch (type) {
        case 2 -> new String(bytes(size), StandardCharsets.UTF_8);
        case 3 -> in.getDouble();
        case 4 -> bytes(size);
        case 5, 6, 8, 9 -> number(size);
        case 7 -> map(size, depth);
        case 10 -> new java.math.BigInteger(1, bytes(size));
        case 11 -> list(size, depth);
        case 14 -> size != 0;
        case 15 -> (double) in.getFloat();
        default -> throw new CorruptDatasetException("a record of it has a value of type " + type);
      };
    }

    private Map<Object, Object> map(int size, int depth) throws CorruptDatasetException {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        Object key = value(depth + 1);
        map.put(key, value(depth + 1));
      }
      return map;
    }

    private List<Object> list(int size, int depth) throws CorruptDatasetException {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(depth + 1));
      }
      return list;
    }

    private byte[] bytes(int size) {
      if (size > in.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] bytes = new byte[size];
      in.get(bytes);
      return bytes;
    }

    private long number(int size) throws CorruptDatasetException {
      if (size > 8) {
        throw new CorruptDatasetException("a record of it has a number of " + size + " bytes");
      }
      long value = 0;
      for (int i = 0; i < size; i++) {
        value = value << 8 | (in.get() & 0xff);
      }
      return value;
    }

    private int unsigned(int bytes) {
      int value = 0;
      for (int i = 0; i < bytes; i++) {
        value = value << 8 | (in.get() & 0xff);
      }
      return value;
    }
  }
}
