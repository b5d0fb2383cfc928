// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark source {@code kinesis-windows}: one batch is one closed window of arrival time, one row is
 * one Kinesis record. A window names its records by their arrival time alone, so any process can
 * read the same batch again. Options: see {@link WindowOptions}.
 */
public final class KinesisWindowSource implements TableProvider, DataSourceRegister {
  public static final String NAME = "kinesis-windows";

  /**
   * The options of a stream of windows whose batches start where the board says.
   *
   * @param startMillis start of the very first window; negative: at the stream's oldest record
   * @param maxWindows most windows that one batch may hold when the reader is behind
   */
  public static Map<String, String> streaming(
      String stream,
      long windowMillis,
      long settleMillis,
      long startMillis,
      int maxWindows,
      WindowBoard board) {
    return Map.of(
        "stream", stream,
        "windowMillis", Long.toString(windowMillis),
        "settleMillis", Long.toString(settleMillis),
        "startMillis", Long.toString(startMillis),
        "maxWindows", Integer.toString(maxWindows),
        "board", board.id());
  }

  /** Columns of a row. */
  static final StructType SCHEMA =
      new StructType()
          .add("shard", DataTypes.StringType, false)
          .add("sequence_number", DataTypes.StringType, false)
          .add("arrival_millis", DataTypes.LongType, false)
          .add("partition_key", DataTypes.StringType, false)
          .add("data", DataTypes.BinaryType, false);

  @Override
  public String shortName() {
    return NAME;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new WindowTable();
  }

  private static final class WindowTable implements Table, SupportsRead {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    @SuppressWarnings("deprecation") // Table.columns() is derived from it in the 4.0 API
    public StructType schema() {
      return SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.MICRO_BATCH_READ, TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return new WindowScan(WindowOptions.of(options), SCHEMA);
    }
  }
}
