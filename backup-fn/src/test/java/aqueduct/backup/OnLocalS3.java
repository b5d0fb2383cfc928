// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;

import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.ObjectNotice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A server with empty buckets for each test, and keepers of files on it. */
abstract class OnLocalS3 {
  static final String KEY = "logs/E1.2026-11-23-10.ab12cd34.gz";
  static LocalS3 s3;

  /** Ways to copy and to delete, of which each must keep all promises. */
  enum Way {
    WHOLE(DataSize.ofGigabytes(5), true),
    IN_PARTS(DataSize.ofBytes(0), true),
    GUARDED_DELETE(DataSize.ofGigabytes(5), false);

    final BackupProperties properties;

    Way(DataSize threshold, boolean conditionalDelete) {
      properties = properties(threshold, conditionalDelete, Duration.ofHours(1));
    }
  }

  @BeforeAll
  static void start() {
    s3 = new LocalS3();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void empty() {
    s3.clear();
  }

  FileKeeper keeper(Way way) {
    return new FileKeeper(s3.client, way.properties);
  }

  HeadObjectResponse head(String key) {
    return s3.client.headObject(request -> request.bucket(BACKUP).key(key));
  }

  static ObjectNotice notice(String key, String etag, long size) {
    return new ObjectNotice(
        INGEST,
        key,
        Optional.of(etag),
        OptionalLong.of(size),
        Optional.empty(),
        Optional.empty(),
        ObjectNotice.Kind.S3);
  }

  /** What copies from this size on in parts, and aborts uploads of this age. */
  static BackupProperties properties(
      DataSize threshold, boolean conditionalDelete, Duration abortAfter) {
    return new BackupProperties(
        Set.of(INGEST),
        BACKUP,
        List.of(""),
        NoticeReader.AWS,
        conditionalDelete,
        new BackupProperties.Multipart(threshold, DataSize.ofMegabytes(5), abortAfter),
        Duration.ofMinutes(1));
  }
}
