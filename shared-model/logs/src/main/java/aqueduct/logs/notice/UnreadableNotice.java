// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

/** Inside this package only: the way out of reading, to {@link Notices.Unreadable}. */
final class UnreadableNotice extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableNotice(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
