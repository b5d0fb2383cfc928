// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.DayRows;
import aqueduct.correction.lake.Lake;
import aqueduct.correction.lake.LakeColumns;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A day of the lake -> its rows as text, all columns, sorted: the same text means the same bytes.
 */
final class LakeText {
  private LakeText() {}

  static List<String> rows(World world, LocalDate day) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Lake lake = Lake.open(world.lake())) {
      Schema all = lake.table().schema();
      StructType struct = SparkSchemaUtil.convert(all);
      for (DataFile file : lake.files(day)) {
        try (CloseableIterable<InternalRow> in =
            DayRows.read(
                lake.table(), file, all, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))) {
          for (InternalRow row : in) {
            rows.add(text(row, struct));
          }
        }
      }
    }
    rows.sort(null);
    return rows;
  }

  private static String text(InternalRow row, StructType struct) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < struct.size(); i++) {
      if (!row.isNullAt(i)) {
        Object value = row.get(i, struct.fields()[i].dataType());
        text.append(struct.fields()[i].name()).append('=').append(show(value)).append(' ');
      }
    }
    return text.toString();
  }

  private static Object show(Object value) {
    if (value instanceof org.apache.spark.sql.catalyst.util.MapData map) {
      return java.util.Arrays.toString(
              map.keyArray().toObjectArray(org.apache.spark.sql.types.DataTypes.StringType))
          + java.util.Arrays.toString(
              map.valueArray().toObjectArray(org.apache.spark.sql.types.DataTypes.StringType));
    }
    if (value instanceof org.apache.spark.sql.catalyst.util.ArrayData list) {
      return java.util.Arrays.toString(
          list.toObjectArray(org.apache.spark.sql.types.DataTypes.StringType));
    }
    return value;
  }

  static String column(String row, String name) {
    String key = (row.startsWith(name + "=") ? "" : " ") + name + "=";
    int from = row.indexOf(key);
    return from < 0
        ? ""
        : row.substring(from + key.length(), row.indexOf(' ', from + key.length()));
  }

  static final String TIME = LakeColumns.TIME;
}
