// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Encoded deltas, sorted by {@link #group} -> one delta per key. Holds one group (a report's bucket
 * of one site) at a time.
 */
public final class GroupedDeltas implements Iterator<MetricDelta> {
  private final Iterator<Entry<String, byte[]>> sorted;
  private final List<ReportSpec> reports;
  private @Nullable Entry<String, byte[]> waiting;
  private Iterator<MetricDelta> group = Collections.emptyIterator();

  public GroupedDeltas(Iterator<Entry<String, byte[]>> sorted, List<ReportSpec> reports) {
    this.sorted = sorted;
    this.reports = reports;
    advance();
  }

  /** What must come to one {@link DeltaSum}, as text that sorts. */
  public static String group(MetricKey key) {
    return key.report()
        + '\t'
        + key.bucketStart().getEpochSecond()
        + '\t'
        + key.dimensions().get(0);
  }

  private void advance() {
    waiting = sorted.hasNext() ? sorted.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (!group.hasNext() && waiting != null) {
      group = sum(waiting.getKey());
    }
    return group.hasNext();
  }

  private Iterator<MetricDelta> sum(String name) {
    DeltaSum sum = new DeltaSum(reports);
    while (waiting != null && waiting.getKey().equals(name)) {
      sum.add(DeltaCodec.decode(waiting.getValue()));
      advance();
    }
    return sum.deltas().iterator();
  }

  @Override
  public MetricDelta next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return group.next();
  }
}
