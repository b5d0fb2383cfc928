// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import aqueduct.arbiter.decision.Memory;
import java.util.List;
import java.util.Optional;

/** What arbiters remember and have done, for the next one and for people. */
public interface Journal {

  /** The newest memory. From here on no holder with a lower fence can write. */
  Memory open(long fence);

  /**
   * Keeps the memory, what was seen, and the entry if there is one, together or not at all.
   *
   * @throws DeposedException if a newer holder has opened the journal
   */
  void keep(long fence, Memory memory, Sighting sighting, Optional<Entry> entry);

  /** The newest entries, newest first. */
  List<Entry> entries(int most);

  /** What was last seen. */
  Optional<Sighting> sighting();
}
