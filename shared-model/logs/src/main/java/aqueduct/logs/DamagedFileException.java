// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;

/** The file's own bytes cannot be read further, on this or any later attempt. */
final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // never serialized
  private final LineProblem problem;

  DamagedFileException(String reason, String message) {
    super(message);
    problem = new LineProblem(reason, message);
  }

  LineProblem problem() {
    return problem;
  }
}
