// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.decision.Action;
import aqueduct.arbiter.decision.Action.End;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Action.Resize;
import aqueduct.arbiter.decision.Action.Resubmit;

/** An action -> what people read in the decision log. */
final class Words {
  private Words() {}

  static String of(Action action) {
    if (action instanceof Launch launch) {
      return "launch "
          + launch.launchId()
          + " "
          + launch.spec().name()
          + " x "
          + launch.units()
          + " as writer "
          + launch.token();
    }
    if (action instanceof Resubmit resubmit) {
      return "resubmit to " + resubmit.clusterId() + " as writer " + resubmit.token();
    }
    if (action instanceof Resize resize) {
      return "resize " + resize.clusterId() + " to " + resize.units();
    }
    return action instanceof End end ? "end " + end.clusterId() : "stay";
  }
}
