// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.DeltaSum;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.ReportSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Encoded deltas, sorted by group -> one delta per key. Holds one group (a report's bucket of one
 * site) at a time. Accounts, which sort first, are put aside.
 */
final class SummedDeltas implements Iterator<MetricDelta> {
  private final Iterator<Tuple2<String, byte[]>> sorted;
  private final List<ReportSpec> reports;
  private final List<byte[]> accounts = new ArrayList<>();
  private @Nullable Tuple2<String, byte[]> waiting;
  private Iterator<MetricDelta> group = Collections.emptyIterator();

  SummedDeltas(Iterator<Tuple2<String, byte[]>> sorted, List<ReportSpec> reports) {
    this.sorted = sorted;
    this.reports = reports;
    advance();
    while (waiting != null && waiting._1().equals(SliceCount.ACCOUNT)) {
      accounts.add(waiting._2());
      advance();
    }
  }

  List<byte[]> accounts() {
    return accounts;
  }

  private void advance() {
    waiting = sorted.hasNext() ? sorted.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (!group.hasNext() && waiting != null) {
      group = sum(waiting._1());
    }
    return group.hasNext();
  }

  private Iterator<MetricDelta> sum(String name) {
    DeltaSum sum = new DeltaSum(reports);
    while (waiting != null && waiting._1().equals(name)) {
      sum.add(DeltaCodec.decode(waiting._2()));
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
