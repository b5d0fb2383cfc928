// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/** A record of a pipe that cannot be read, now or on any later attempt: quarantine it. */
public final class CorruptRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * @param reason {@code bad_digest}, {@code bad_protobuf}, {@code bad_zstd}, {@code bad_header},
   *     {@code wrong_count}, {@code too_large} or {@code empty_record}: the reason of a Rejection
   * @param message what is wrong, without payload
   */
  CorruptRecordException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The snake_case word for a Rejection. */
  public String reason() {
    return reason;
  }
}
