// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import java.util.List;
import java.util.stream.Collectors;

/** Nothing is started with these settings. */
public final class WrongSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WrongSettings(List<Problem> problems) {
    super(
        problems.stream()
            .map(Problem::toString)
            .collect(Collectors.joining("\n", "The settings are wrong:\n", "")));
  }
}
