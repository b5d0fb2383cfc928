// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import java.util.OptionalLong;

/** Exactly one arbiter acts. */
public interface Lease {

  /**
   * Takes or renews the lease.
   *
   * @return the fencing token of this tenure, rising from holder to holder; absent while another
   *     has it
   */
  OptionalLong hold();

  /** Whether the lease is certainly still held, without asking anyone. */
  boolean held();
}
