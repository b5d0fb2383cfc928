// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.util.Iterator;
import java.util.List;

/**
 * EnrichedLog bytes -> metric deltas: one pass over each event for all reports. Any split of the
 * same events over any number of cubes gives, merged, the same deltas. Not thread-safe.
 */
public final class Cube {
  private final List<CellTable> tables;
  private final EventScan scan = new EventScan();
  private final EventFacts facts = new EventFacts();
  private long events;

  public Cube(List<ReportSpec> reports) {
    tables = reports.stream().map(CellTable::new).toList();
  }

  /**
   * Counts the event in {@code buffer[from, to)}. Throws IllegalArgumentException, and counts
   * nothing, if it is damaged.
   */
  public void add(byte[] buffer, int from, int to) {
    scan.scan(buffer, from, to);
    facts.read(scan);
    for (CellTable table : tables) {
      table.add(scan, facts);
    }
    events++;
  }

  public long events() {
    return events;
  }

  /** What was counted, each key once. */
  public Iterator<MetricDelta> deltas() {
    return tables.stream().flatMap(table -> table.deltas().stream()).iterator();
  }
}
