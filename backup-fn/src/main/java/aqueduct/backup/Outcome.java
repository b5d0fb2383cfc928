// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.util.Locale;

/** What became of one notice; counted under this name. */
enum Outcome {
  /** Copied, checked, and removed from the ingest bucket. */
  KEPT,
  /** The same, under another name, since its own is taken by another content. */
  KEPT_BESIDE,
  /** It had been kept before. */
  ALREADY_KEPT,
  /** It asked for nothing: a test event, a removal. */
  IGNORED,
  /** It named what it must not; nothing was touched. */
  REJECTED,
  /** It could not be understood; on its way to the dead letters. */
  UNREADABLE,
  /** Not this time; it comes again. */
  FAILED;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
