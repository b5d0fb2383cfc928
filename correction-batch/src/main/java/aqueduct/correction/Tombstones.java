// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.io.Serializable;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What was erased of a day, and must not come back when its raw files are read again.
 *
 * @param visitors ids of visitors
 * @param lower whether events were erased from this very day, so that its live count is higher
 */
record Tombstones(Set<Long> visitors, boolean lower) implements Serializable {
  static final Tombstones NONE = new Tombstones(Set.of(), false);

  Tombstones {
    visitors = Set.copyOf(visitors);
  }

  /** Whether the event is of somebody who was erased. */
  boolean cover(InternalRow event, long visitor) {
    return !visitors.isEmpty() && visitors.contains(visitor);
  }
}
