// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.FieldScan;
import aqueduct.wire.EnrichedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * EnrichedLog bytes -> metric deltas: one pass over each event for all reports. Any split of the
 * same events over any number of cubes gives, merged, the same deltas. Not thread-safe.
 */
public final class Cube {
  /** Clocks differ; an event further ahead of its arrival than this is an error. */
  public static final Duration FUTURE = Duration.ofHours(1);

  private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE / 1000);
  private final List<CellTable> tables;
  private final FieldScan scan = new FieldScan();
  private final EventFacts facts = new EventFacts();
  private long events;

  public Cube(List<ReportSpec> reports) {
    tables = reports.stream().map(CellTable::new).toList();
  }

  /** The fields of the enriched event that counting for these reports reads, by their names. */
  public static Set<String> fields(List<ReportSpec> reports) {
    Set<String> names = new TreeSet<>();
    IntStream.concat(EventFacts.fields(), reports.stream().flatMapToInt(CellTable::fields))
        .forEach(
            number -> names.add(EnrichedLog.getDescriptor().findFieldByNumber(number).getName()));
    return names;
  }

  /**
   * Counts the event in {@code buffer[from, to)}, unless it happened after {@code latest}: then
   * answers false and counts nothing. Throws IllegalArgumentException, and counts nothing, if it is
   * damaged.
   */
  public boolean add(byte[] buffer, int from, int to, Instant latest) {
    scan.scan(buffer, from, to);
    if (scan.number(EnrichedLog.TIME_US_FIELD_NUMBER) > latest.toEpochMilli() * 1000) {
      return false;
    }
    facts.read(scan);
    for (CellTable table : tables) {
      table.add(scan, facts);
    }
    events++;
    return true;
  }

  /** Counts the event, whenever it happened. */
  public void add(byte[] buffer, int from, int to) {
    add(buffer, from, to, END_OF_TIME);
  }

  public long events() {
    return events;
  }

  /** How many cells were counted into: what the cube's memory goes by. */
  public int cells() {
    return tables.stream().mapToInt(CellTable::cells).sum();
  }

  /** What was counted, each key once. */
  public Iterator<MetricDelta> deltas() {
    return tables.stream().flatMap(table -> table.deltas().stream()).iterator();
  }
}
