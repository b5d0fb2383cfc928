// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.dead;

import java.time.Instant;

/**
 * One message that failed too often.
 *
 * @param sent when it was first sent
 * @param receives how often it was received, the looks at it included
 */
public record DeadLetter(String id, Instant sent, int receives, String body) {
  private static final int SHOWN = 500;

  /** The body on one line, cut, without control characters. */
  public String shown() {
    String line = body.replaceAll("\\p{C}+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
