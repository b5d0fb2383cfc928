// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.notice.ObjectNotice;
import java.util.Optional;

/**
 * Names -> the kept files that may be sent again, which is all but those that an erasure changed.
 */
final class ReplayableFiles {
  private final KeptFiles files;
  private final FileLedger ledger;

  ReplayableFiles(KeptFiles files, FileLedger ledger) {
    this.files = files;
    this.ledger = ledger;
  }

  /**
   * The file as it is now; nothing if its lines were counted under the identity that it had before
   * an erasure. Throws if there is none.
   */
  Optional<KeptFile> find(String bucket, String key) {
    KeptFile file =
        files
            .find(ObjectNotice.of(bucket, key))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "file " + key + " is not in bucket " + bucket + ": nothing to replay"));
    return isErased(file.file()) ? Optional.empty() : Optional.of(file);
  }

  /** An erasure enters what it leaves of a file as done, with its days and without chunks. */
  private boolean isErased(LogFile file) {
    return ledger
        .find(file.fileId())
        .filter(entry -> entry.state() == State.DONE)
        .flatMap(Entry::summary)
        .filter(summary -> summary.chunks() == 0)
        .flatMap(FileSummary::firstEvent)
        .isPresent();
  }
}
