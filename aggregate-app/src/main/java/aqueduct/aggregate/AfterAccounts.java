// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** What a sorted part of a window holds -> its accounts, which sort first, and then its deltas. */
final class AfterAccounts implements Iterator<Entry<String, byte[]>> {
  private final Iterator<Tuple2<String, byte[]>> sorted;
  private final List<byte[]> accounts = new ArrayList<>();
  private @Nullable Tuple2<String, byte[]> waiting;

  AfterAccounts(Iterator<Tuple2<String, byte[]>> sorted) {
    this.sorted = sorted;
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
    return waiting != null;
  }

  @Override
  public Entry<String, byte[]> next() {
    Tuple2<String, byte[]> one = waiting;
    if (one == null) {
      throw new NoSuchElementException();
    }
    advance();
    return Map.entry(one._1(), one._2());
  }
}
