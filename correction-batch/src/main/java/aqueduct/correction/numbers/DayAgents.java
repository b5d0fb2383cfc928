// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.numbers;

import aqueduct.correction.lake.DayRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Tuple2;

/** Parquet of days -> the user agents that were seen most often. */
public final class DayAgents {
  private static final String COLUMN = "user_agent_original";

  /** Distinct agents that one file may bring; more are somebody who makes them up. */
  private static final int MOST_OF_A_FILE = 200_000;

  private DayAgents() {}

  /** At most so many, each seen {@code least} times or more; in no order. */
  public static List<String> most(
      JavaSparkContext spark, Table table, List<DataFile> files, int least, int most) {
    Table here = SerializableTable.copyOf(table);
    if (files.isEmpty()) {
      return List.of();
    }
    return spark
        .parallelize(files, files.size())
        .mapPartitionsToPair(slice -> count(here, slice))
        .reduceByKey(Long::sum)
        .filter(agent -> agent._2() >= least)
        .top(most, new Often())
        .stream()
        .map(Tuple2::_1)
        .toList();
  }

  /** Equally often: by name, so that the same days give the same agents. */
  private static final class Often
      implements Comparator<Tuple2<String, Long>>, java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<String, Long> a, Tuple2<String, Long> b) {
      int often = Long.compare(a._2(), b._2());
      return often == 0 ? b._1().compareTo(a._1()) : often;
    }
  }

  private static Iterator<Tuple2<String, Long>> count(Table table, Iterator<DataFile> files) {
    Schema columns = DayRows.columns(table, List.of(COLUMN));
    Map<UTF8String, Long> agents = new HashMap<>();
    while (files.hasNext()) {
      DataFile file = files.next();
      try (CloseableIterable<InternalRow> rows = DayRows.all(table, file, columns)) {
        for (InternalRow row : rows) {
          add(agents, row);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(file.location() + " cannot be read", e);
      }
    }
    return agents.entrySet().stream()
        .map(agent -> new Tuple2<>(agent.getKey().toString(), agent.getValue()))
        .iterator();
  }

  private static void add(Map<UTF8String, Long> agents, InternalRow row) {
    if (row.isNullAt(0)) {
      return;
    }
    UTF8String agent = row.getUTF8String(0);
    Long seen = agents.get(agent);
    if (seen != null) {
      agents.put(agent, seen + 1);
    } else if (agents.size() < MOST_OF_A_FILE) {
      agents.put(agent.copy(), 1L);
    }
  }
}
