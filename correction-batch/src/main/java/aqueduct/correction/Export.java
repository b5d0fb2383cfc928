// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.LakeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Days of the lake -> a folder of files that any tool reads. */
final class Export {
  /** A cell that starts so is a formula to a spreadsheet. */
  private static final String FORMULA = "^[=+\\-@\\t\\r]";

  private Export() {}

  static void run(JavaSparkContext spark, LakeSettings lake, CorrectionProperties properties) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    session.conf().set("spark.sql.session.timeZone", "UTC");
    session.conf().set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
    lake.properties()
        .forEach((name, value) -> session.conf().set("spark.sql.catalog.lake." + name, value));
    Dataset<Row> rows = days(session.table("lake.aqueduct.events"), properties);
    switch (properties.format()) {
      case "parquet" -> rows.write().mode(SaveMode.ErrorIfExists).parquet(properties.out());
      case "json" -> rows.write().mode(SaveMode.ErrorIfExists).json(properties.out());
      case "arrow" -> ArrowFiles.write(rows, properties.out());
      case "csv" ->
          flat(rows)
              .write()
              .mode(SaveMode.ErrorIfExists)
              .option("header", "true")
              .option("escape", "\"")
              .csv(properties.out());
      default ->
          throw new IllegalArgumentException(
              "format is " + properties.format() + ": must be parquet, csv, json or arrow");
    }
    System.out.println(
        String.format(
            Locale.ROOT, "{\"rows\":%d,\"folder\":\"%s\"}", rows.count(), properties.out()));
  }

  private static Dataset<Row> days(Dataset<Row> all, CorrectionProperties properties) {
    if (properties.days().isEmpty()) {
      return all;
    }
    List<String> days = properties.days().stream().map(Object::toString).toList();
    return all.filter(
        functions.date_format(functions.col("event_time"), "yyyy-MM-dd").isin(days.toArray()));
  }

  /** Lists and maps as JSON; texts that a spreadsheet would run get a quote mark before them. */
  private static Dataset<Row> flat(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      Column column = functions.col(field.name());
      if (field.dataType() instanceof MapType || field.dataType() instanceof ArrayType) {
        column = functions.to_json(column);
      } else if (field.dataType() instanceof StringType) {
        column =
            functions
                .when(column.rlike(FORMULA), functions.concat(functions.lit("'"), column))
                .otherwise(column);
      }
      columns.add(column.as(field.name()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }
}
