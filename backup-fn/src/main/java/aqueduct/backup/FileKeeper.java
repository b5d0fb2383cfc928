// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.logs.notice.ObjectNotice;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The notice of an arrived file -> that file in the backup bucket, and no longer in the ingest
 * bucket. The steps: look, copy, verify, delete; each is conditional on what the step before saw,
 * each may be repeated, and a worker may die after any of them. A kept file is never overwritten:
 * another content of the same name is kept beside it ({@link KeptName}).
 */
final class FileKeeper {
  private static final Logger log = LoggerFactory.getLogger(FileKeeper.class);
  private static final int MOST_STARTS = 5;

  private final S3Client s3;
  private final BackupBucket backup;
  private final FileCopier copier;
  private final boolean conditionalDelete;

  FileKeeper(S3Client s3, BackupProperties properties) {
    this.s3 = s3;
    this.backup = new BackupBucket(s3, properties.backupBucket());
    this.copier = new FileCopier(s3, properties.backupBucket(), properties.multipart());
    this.conditionalDelete = properties.conditionalDelete();
  }

  /** Returns what became of it; throws when it is not safely kept. */
  Outcome keep(ObjectNotice notice) {
    for (int start = 1; start <= MOST_STARTS; start++) {
      try {
        Optional<ArrivedFile> arrived = arrived(notice);
        return arrived.isPresent() ? keep(arrived.get()) : keptBefore(notice);
      } catch (FileChangedException e) {
        log.info("starting again: {}", e.getMessage());
      }
    }
    throw new BackupFailedException(
        "%s changed %d times while it was backed up: who writes it?"
            .formatted(FileName.of(notice.key()), MOST_STARTS));
  }

  private Optional<ArrivedFile> arrived(ObjectNotice notice) {
    for (String key : notice.keys()) {
      Optional<HeadObjectResponse> head = BackupBucket.find(s3, notice.bucket(), key);
      if (head.isPresent()) {
        return Optional.of(new ArrivedFile(notice.bucket(), key, head.get()));
      }
    }
    return Optional.empty();
  }

  private Outcome keep(ArrivedFile file) {
    Place place = place(file);
    if (!place.held()) {
      copier.copy(file, place.key());
    }
    backup.verify(file, place.key());
    delete(file);
    return place.key().equals(file.key()) ? Outcome.KEPT : Outcome.KEPT_BESIDE;
  }

  /**
   * Where a file is to be kept.
   *
   * @param held whether it is there already, by an earlier attempt or another worker
   */
  private record Place(String key, boolean held) {}

  private Place place(ArrivedFile file) {
    String beside = KeptName.beside(file.key(), file.etag());
    for (String key : new String[] {file.key(), beside}) {
      Optional<HeadObjectResponse> kept = backup.find(key);
      if (kept.isEmpty()) {
        return new Place(key, false);
      }
      if (BackupBucket.holds(kept.get(), file.etag(), OptionalLong.of(file.size()))) {
        return new Place(key, true);
      }
    }
    throw new BackupFailedException(
        "%s and %s are both taken by other contents: move one of them"
            .formatted(FileName.of(file.key()), FileName.of(beside)));
  }

  /** The file is not where it arrived: fine if it is kept, an alarm if it is nowhere. */
  private Outcome keptBefore(ObjectNotice notice) {
    for (String key : notice.keys()) {
      Optional<HeadObjectResponse> kept = backup.find(key);
      if (kept.isPresent() && isOf(kept.get(), notice)) {
        return Outcome.ALREADY_KEPT;
      }
      if (notice.etag().isPresent()) {
        kept = backup.find(KeptName.beside(key, notice.etag().get()));
        if (kept.isPresent() && isOf(kept.get(), notice)) {
          return Outcome.ALREADY_KEPT;
        }
      }
    }
    throw new BackupFailedException(
        "%s is neither in the ingest nor, with that content, in the backup bucket: was it deleted or overwritten by others?"
            .formatted(FileName.of(notice.key())));
  }

  private static boolean isOf(HeadObjectResponse kept, ObjectNotice notice) {
    return notice.etag().isEmpty() || BackupBucket.holds(kept, notice.etag().get(), notice.size());
  }

  private void delete(ArrivedFile file) {
    try {
      if (conditionalDelete) {
        s3.deleteObject(
            request -> request.bucket(file.bucket()).key(file.key()).ifMatch(file.head().eTag()));
      } else {
        deleteGuarded(file);
      }
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 409) {
        throw new FileChangedException(
            FileName.of(file.key()) + " was overwritten after it was copied", e);
      }
      if (e.statusCode() != 404) {
        throw e;
      }
    }
  }

  /** For stores without conditional delete: safe but for an overwrite between the two calls. */
  private void deleteGuarded(ArrivedFile file) {
    s3.headObject(
        request -> request.bucket(file.bucket()).key(file.key()).ifMatch(file.head().eTag()));
    s3.deleteObject(request -> request.bucket(file.bucket()).key(file.key()));
  }
}
