// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import aqueduct.logs.FieldScan;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * EnrichedLog bytes -> a row of the lake's table. One row object, used again for every event; texts
 * in it point into the given bytes. Not thread-safe.
 */
public final class EventRow {
  private final FieldScan scan = new FieldScan();
  private final Column[] columns;
  private final GenericInternalRow row;
  private final int sourceColumn;

  /** Of the table's own columns: it may have some that this version does not know. */
  public EventRow(Schema table) {
    columns =
        table.columns().stream().map(column -> Column.of(column.name())).toArray(Column[]::new);
    row = new GenericInternalRow(columns.length);
    sourceColumn = table.columns().indexOf(table.findField(LakeColumns.SOURCE));
  }

  /** Of the rows that follow. */
  public void source(String key) {
    row.update(sourceColumn, UTF8String.fromString(key));
  }

  /** The event in {@code buffer[from, to)}, valid until the next call. */
  public InternalRow read(byte[] buffer, int from, int to) {
    scan.scan(buffer, from, to);
    for (int i = 0; i < columns.length; i++) {
      if (i != sourceColumn) {
        row.update(i, columns[i].value(scan));
      }
    }
    return row;
  }

  /** When the event that was read last happened, in microseconds. */
  public long micros() {
    return scan.number(EnrichedLog.TIME_US_FIELD_NUMBER);
  }

  /** The visitor of the event that was read last; 0 for none. */
  public long visitor() {
    return scan.number(EnrichedLog.VISITOR_ID_FIELD_NUMBER);
  }

  private enum Kind {
    NONE,
    TEXT,
    NUMBER,
    FLAG,
    OPTIONAL_FLAG,
    DECIMAL,
    TEXTS,
    MAP
  }

  /** One column; remembers the last list or map, since most events of a day have the same. */
  private static final class Column {
    private final Kind kind;
    private final int number;
    private byte[] seen = new byte[0];
    private @Nullable Object known;

    private Column(Kind kind, int number) {
      this.kind = kind;
      this.number = number;
    }

    static Column of(String name) {
      return LakeColumns.field(name)
          .map(field -> new Column(kind(field), number(field)))
          .orElseGet(() -> new Column(Kind.NONE, 0));
    }

    private static int number(FieldDescriptor field) {
      if (field.getNumber() > 127) {
        throw new IllegalStateException(
            "enriched_log.proto: FieldScan reads numbers below 128, and " + field + " has another");
      }
      return field.getNumber();
    }

    private static Kind kind(FieldDescriptor field) {
      if (field.isMapField()) {
        return Kind.MAP;
      }
      if (field.isRepeated()) {
        return Kind.TEXTS;
      }
      return switch (field.getJavaType()) {
        case STRING -> Kind.TEXT;
        case BOOLEAN -> field.hasPresence() ? Kind.OPTIONAL_FLAG : Kind.FLAG;
        case DOUBLE -> Kind.DECIMAL;
        default -> Kind.NUMBER;
      };
    }

    @Nullable Object value(FieldScan event) {
      if (kind == Kind.FLAG) {
        return event.number(number) != 0;
      }
      if (kind == Kind.NONE || !event.has(number)) {
        return null;
      }
      return switch (kind) {
        case TEXT -> UTF8String.fromBytes(event.buffer(), event.from(number), event.length(number));
        case DECIMAL -> Double.longBitsToDouble(event.number(number));
        case OPTIONAL_FLAG -> event.number(number) != 0;
        case TEXTS, MAP -> gathered(event);
        default -> event.number(number);
      };
    }

    private @Nullable Object gathered(FieldScan event) {
      int first = -1;
      int end = -1;
      for (int i = 0; i < event.fields(); i++) {
        if (event.numberAt(i) == number) {
          first = first < 0 ? event.startAt(i) : first;
          end = event.endAt(i);
        }
      }
      byte[] buffer = event.buffer();
      if (known == null || !Arrays.equals(buffer, first, end, seen, 0, seen.length)) {
        seen = Arrays.copyOfRange(buffer, first, end);
        known = decode(event);
      }
      return known;
    }

    private Object decode(FieldScan event) {
      List<Object> keys = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      try {
        for (int i = 0; i < event.fields(); i++) {
          if (event.numberAt(i) == number) {
            CodedInputStream in =
                CodedInputStream.newInstance(
                    event.buffer(), event.startAt(i), event.endAt(i) - event.startAt(i));
            in.readTag();
            if (kind == Kind.TEXTS) {
              values.add(UTF8String.fromBytes(in.readByteArray()));
            } else {
              entry(in, keys, values);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      GenericArrayData all = new GenericArrayData(values.toArray());
      return kind == Kind.TEXTS
          ? all
          : new ArrayBasedMapData(new GenericArrayData(keys.toArray()), all);
    }

    private static void entry(CodedInputStream in, List<Object> keys, List<Object> values)
        throws IOException {
      int limit = in.pushLimit(in.readRawVarint32());
      UTF8String key = UTF8String.EMPTY_UTF8;
      UTF8String value = UTF8String.EMPTY_UTF8;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        UTF8String text = UTF8String.fromBytes(in.readByteArray());
        if (tag >>> 3 == 1) {
          key = text;
        } else {
          value = text;
        }
      }
      in.popLimit(limit);
      keys.add(key);
      values.add(value);
    }
  }
}
