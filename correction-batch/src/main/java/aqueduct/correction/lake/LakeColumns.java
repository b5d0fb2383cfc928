// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.lake;

import aqueduct.wire.EnrichedLog;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The enriched event -> the columns of the lake's table: each field under its name in
 * enriched_log.proto, the time as a timestamp, and the key of the file that the line came from.
 * What is unknown is null. Identifiers of 64 bits are signed numbers, as SQL has no others.
 */
public final class LakeColumns {
  /** When it happened; the table's days are of this. */
  public static final String TIME = "event_time";

  /** The key of the file in the backup; {@code file_id} and {@code line} name the event. */
  public static final String SOURCE = "source_file";

  /** Who it was, as far as one day tells. */
  public static final String VISITOR = "visitor_id";

  static final int TIME_ID = 1;
  private static final int FIRST_MAP_ID = 2000;

  private LakeColumns() {}

  /** All columns, in the order of the fields. */
  static Schema schema() {
    List<NestedField> columns = new ArrayList<>();
    columns.add(NestedField.required(TIME_ID, TIME, Types.TimestampType.withZone()));
    columns.add(NestedField.required(2, SOURCE, Types.StringType.get()));
    for (FieldDescriptor field : EnrichedLog.getDescriptor().getFields()) {
      if (field.getNumber() != EnrichedLog.TIME_US_FIELD_NUMBER) {
        columns.add(column(field));
      }
    }
    return new Schema(columns);
  }

  static PartitionSpec partitions(Schema schema) {
    return PartitionSpec.builderFor(schema).day(TIME, "day").build();
  }

  private static NestedField column(FieldDescriptor field) {
    int id = 100 + field.getNumber();
    return switch (field.getNumber()) {
      case EnrichedLog.FILE_ID_FIELD_NUMBER, EnrichedLog.LINE_FIELD_NUMBER ->
          NestedField.required(id, field.getName(), Types.LongType.get());
      default -> NestedField.optional(id, field.getName(), type(field));
    };
  }

  private static Type type(FieldDescriptor field) {
    int inner = FIRST_MAP_ID + 2 * field.getNumber();
    if (field.isMapField()) {
      return Types.MapType.ofRequired(
          inner, inner + 1, Types.StringType.get(), Types.StringType.get());
    }
    if (field.isRepeated()) {
      return Types.ListType.ofRequired(inner, Types.StringType.get());
    }
    return switch (field.getJavaType()) {
      case STRING -> Types.StringType.get();
      case BOOLEAN -> Types.BooleanType.get();
      case DOUBLE -> Types.DoubleType.get();
      case INT, LONG -> Types.LongType.get();
      default ->
          throw new IllegalStateException(
              "enriched_log.proto: the lake has no column type for " + field.getFullName());
    };
  }

  /** The field behind a column; none behind the source file's. */
  static Optional<FieldDescriptor> field(String column) {
    return Optional.ofNullable(
        EnrichedLog.getDescriptor().findFieldByName(column.equals(TIME) ? "time_us" : column));
  }
}
