// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.metrics.GroupedDeltas;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.ReportSpec;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * A day's parquet -> the cells of its reports, of all or some buckets, each once, handed to {@link
 * Sink} in parts.
 */
public final class DayCells {
  private final Table table;
  private final Buckets buckets;
  private final List<DataFile> files;

  /** Of the rows in these buckets; files that have none are not read. */
  public DayCells(Table table, Buckets buckets, List<DataFile> all) {
    this.table = SerializableTable.copyOf(table);
    this.buckets = buckets;
    this.files = all.stream().filter(buckets::mayBeIn).toList();
  }

  /** At most so many rows are counted. */
  public long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /** Takes the cells of one part; the same part has the same cells whenever it is made. */
  public interface Sink extends Serializable {
    void stage(String part, Iterator<MetricDelta> cells);
  }

  /** Counts, and returns when every part was taken. */
  public void count(JavaSparkContext spark, Recipe recipe) {
    Table here = table;
    Buckets counted = buckets;
    List<ReportSpec> reports = recipe.reports();
    Sink sink = recipe.sink();
    LongAccumulator rows = recipe.rows();
    int partitions = recipe.partitions();
    spark
        .parallelize(files, Math.max(1, files.size()))
        .mapPartitionsToPair(slice -> new RowCount(here, counted, reports, slice, rows::add))
        .repartitionAndSortWithinPartitions(new HashPartitioner(partitions))
        .mapPartitionsWithIndex(
            (index, sorted) -> {
              sink.stage(index + " of " + partitions, new GroupedDeltas(entries(sorted), reports));
              return List.of(index).iterator();
            },
            false)
        .count();
  }

  /**
   * How cells are made.
   *
   * @param partitions into how many parts
   * @param rows counts the rows that were read
   */
  public record Recipe(List<ReportSpec> reports, int partitions, Sink sink, LongAccumulator rows) {}

  private static Iterator<Entry<String, byte[]>> entries(Iterator<Tuple2<String, byte[]>> pairs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public Entry<String, byte[]> next() {
        Tuple2<String, byte[]> pair = pairs.next();
        return java.util.Map.entry(pair._1(), pair._2());
      }
    };
  }
}
