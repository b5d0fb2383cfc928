// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What backup may touch, and how it copies.
 *
 * @param ingestBuckets buckets where files arrive; messages about others are rejected
 * @param backupBucket bucket that keeps the files, under their keys
 * @param prefixes prefixes of keys that are backed up; messages about others are rejected. All by
 *     default
 * @param eventSources senders that are believed: eventSource of S3 notifications, source of
 *     EventBridge. Add {@code minio:s3} for a MinIO
 * @param conditionalDelete whether the store deletes by If-Match. False for one that cannot: the
 *     ETag is then looked at just before the delete
 * @param multipart how large files are copied
 * @param callTimeout longest time of one call of S3 with its retries; a copy of 5 GB takes a minute
 */
@Validated
@ConfigurationProperties("aqueduct.backup")
public record BackupProperties(
    @NotEmpty Set<String> ingestBuckets,
    @NotBlank String backupBucket,
    @NotEmpty @DefaultValue("") List<String> prefixes,
    @NotEmpty @DefaultValue({"aws:s3", "aws.s3"}) Set<String> eventSources,
    @DefaultValue("true") boolean conditionalDelete,
    @Valid @DefaultValue Multipart multipart,
    @DefaultValue("10m") Duration callTimeout) {

  /**
   * Copying in parts.
   *
   * @param threshold files of this size or more are copied in parts; S3 copies at most 5 GB at
   *     once. 0 for a store whose CopyObject ignores If-None-Match: completing an upload obeys it
   * @param partSize size of a part, 5 MB to 5 GB; grows by itself where it would make over 10,000
   * @param abandonedAfter age at which an unfinished upload under the same name is nobody's
   */
  public record Multipart(
      @DefaultValue("5GB") DataSize threshold,
      @DefaultValue("512MB") DataSize partSize,
      @DefaultValue("1h") Duration abandonedAfter) {

    @AssertTrue(message = "aqueduct.backup.multipart.threshold must be 0B to 5GB")
    boolean isThresholdInRange() {
      return !threshold.isNegative() && threshold.compareTo(DataSize.ofGigabytes(5)) <= 0;
    }

    @AssertTrue(message = "aqueduct.backup.multipart.part-size must be 5MB to 5GB")
    boolean isPartSizeInRange() {
      return partSize.compareTo(DataSize.ofMegabytes(5)) >= 0
          && partSize.compareTo(DataSize.ofGigabytes(5)) <= 0;
    }
  }

  @AssertTrue(
      message =
          "aqueduct.backup.backup-bucket must not be one of aqueduct.backup.ingest-buckets: kept files would be deleted")
  boolean isBackupBucketApart() {
    return !ingestBuckets.contains(backupBucket);
  }
}
