// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between the answers of two versions of a dataset.
 *
 * @param added answers that only the second has
 * @param removed answers that only the first has
 * @param changed answers that both have, and that differ
 * @param examples the first of them, in the datasets' own order
 */
public record DatasetDiff(long added, long removed, long changed, List<Change> examples) {

  /**
   * One difference.
   *
   * @param entry what is asked: a network, an agent, a listed word or domain
   * @param before the first's answer, empty if it has none
   * @param after the second's answer, empty if it has none
   */
  public record Change(String entry, String before, String after) {}

  /** Counts differences and keeps the first of them. */
  static final class Counter {
    private final List<Change> examples = new ArrayList<>();
    private final int most;
    private long added;
    private long removed;
    private long changed;

    Counter(int most) {
      this.most = most;
    }

    /** Counts a difference; answers whether it is wanted as an example. */
    boolean differs(boolean wasThere, boolean isThere) {
      if (!wasThere) {
        added++;
      } else if (!isThere) {
        removed++;
      } else {
        changed++;
      }
      return examples.size() < most;
    }

    void example(String entry, String before, String after) {
      examples.add(new Change(entry, before, after));
    }

    DatasetDiff done() {
      return new DatasetDiff(added, removed, changed, List.copyOf(examples));
    }
  }
}
