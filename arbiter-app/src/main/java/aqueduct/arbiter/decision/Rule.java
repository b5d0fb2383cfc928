// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.util.Optional;

/** One reason to act, or to keep still. The first of several that has one decides. */
interface Rule {
  Optional<Verdict> apply(Case given);

  /** An action and its reason. */
  record Verdict(Action action, String reason) {
    static Optional<Verdict> of(Action action, String reason) {
      return Optional.of(new Verdict(action, reason));
    }

    static Optional<Verdict> stay(String reason) {
      return of(new Action.Stay(), reason);
    }
  }
}
