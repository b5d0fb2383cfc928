// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row of the lake's table -> EnrichedLog bytes, with the fields of the columns that were read:
 * what every rule that counts events takes. Not thread-safe.
 */
public final class EventBytes {
  private record Column(int place, FieldDescriptor field) {}

  private final List<Column> columns = new ArrayList<>();
  private byte[] buffer = new byte[64 << 10];
  private int length;

  /** Of rows with these columns, lists and maps excepted. */
  public EventBytes(Schema read) {
    List<NestedField> fields = read.columns();
    for (int i = 0; i < fields.size(); i++) {
      int place = i;
      LakeColumns.field(fields.get(i).name())
          .filter(field -> !field.isRepeated())
          .ifPresent(field -> columns.add(new Column(place, field)));
    }
  }

  /** Writes the row's event to {@link #buffer}, from 0 to {@link #length}. */
  public void write(InternalRow row) {
    while (true) {
      CodedOutputStream out = CodedOutputStream.newInstance(buffer);
      try {
        for (Column column : columns) {
          if (!row.isNullAt(column.place)) {
            write(out, column, row);
          }
        }
        out.flush();
        length = out.getTotalBytesWritten();
        return;
      } catch (CodedOutputStream.OutOfSpaceException e) {
        buffer = new byte[buffer.length * 2];
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void write(CodedOutputStream out, Column column, InternalRow row)
      throws IOException {
    int number = column.field.getNumber();
    switch (column.field.getType()) {
      case STRING -> {
        UTF8String text = row.getUTF8String(column.place);
        out.writeByteArray(number, text.getBytes());
      }
      case FIXED64 -> out.writeFixed64(number, row.getLong(column.place));
      case DOUBLE -> out.writeDouble(number, row.getDouble(column.place));
      case BOOL -> {
        boolean flag = row.getBoolean(column.place);
        if (flag || column.field.hasPresence()) {
          out.writeBool(number, flag);
        }
      }
      default -> out.writeUInt64(number, row.getLong(column.place));
    }
  }

  public byte[] buffer() {
    return buffer;
  }

  public int length() {
    return length;
  }
}
