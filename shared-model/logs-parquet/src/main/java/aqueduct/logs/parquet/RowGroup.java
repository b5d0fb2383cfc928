// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.schema.MessageType;

/** The rows of one row group, one after the other, as JSON. */
final class RowGroup {
  private final ColumnReader[] columns;
  private final ColumnDescriptor[] types;
  private final byte[][] names;
  private final JsonLine json = new JsonLine();
  private long rows;

  RowGroup(PageReadStore pages, MessageType schema, String writer) {
    rows = pages.getRowCount();
    List<ColumnDescriptor> descriptors = schema.getColumns();
    types = descriptors.toArray(ColumnDescriptor[]::new);
    columns = new ColumnReader[types.length];
    names = new byte[types.length][];
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            pages, new DummyRecordConverter(schema).getRootConverter(), schema, writer);
    for (int i = 0; i < types.length; i++) {
      columns[i] = store.getColumnReader(types[i]);
      names[i] = types[i].getPath()[0].getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    if (rows == 0) {
      return false;
    }
    rows--;
    json.open();
    for (int i = 0; i < columns.length; i++) {
      ColumnReader column = columns[i];
      if (column.getCurrentDefinitionLevel() == types[i].getMaxDefinitionLevel()) {
        json.member(names[i], value(column, types[i]));
      }
      column.consume();
    }
    json.close();
    return true;
  }

  private static byte[] value(ColumnReader column, ColumnDescriptor type) {
    return switch (type.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY, FIXED_LEN_BYTE_ARRAY -> column.getBinary().getBytesUnsafe();
      case INT32 -> text(Integer.toString(column.getInteger()));
      case INT64 -> text(Long.toString(column.getLong()));
      case FLOAT -> text(Float.toString(column.getFloat()));
      case DOUBLE -> text(Double.toString(column.getDouble()));
      case BOOLEAN -> text(Boolean.toString(column.getBoolean()));
      case INT96 -> throw new IllegalArgumentException("a column of type INT96");
    };
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** The row is {@code buffer()[0, length())}, with its line end. */
  byte[] buffer() {
    return json.buffer();
  }

  int length() {
    return json.length();
  }
}
