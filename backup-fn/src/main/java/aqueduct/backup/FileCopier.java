// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An arrived file -> an object of the backup bucket, copied inside S3, all or nothing, and only
 * while the file is the same and the name free; otherwise {@link FileChangedException}. Content
 * headers and user metadata are kept; tags, storage class and encryption are the bucket's matter.
 */
final class FileCopier {
  private final S3Client s3;
  private final String bucket;
  private final BackupProperties.Multipart multipart;

  FileCopier(S3Client s3, String bucket, BackupProperties.Multipart multipart) {
    this.s3 = s3;
    this.bucket = bucket;
    this.multipart = multipart;
  }

  void copy(ArrivedFile file, String key) {
    try {
      if (file.size() < multipart.threshold().toBytes()) {
        copyWhole(file, key);
      } else if (file.size() == 0) {
        putEmpty(file, key); // there is no part of nothing
      } else {
        new MultipartCopy(s3, bucket, key, file, multipart).run();
      }
    } catch (S3Exception e) {
      if (isConflict(e)) {
        throw new FileChangedException(
            FileName.of(key) + " changed, or its name was taken, while it was copied", e);
      }
      throw e;
    }
  }

  /** Precondition failed; source or upload gone; another writer at the same moment. */
  private static boolean isConflict(S3Exception e) {
    boolean noBucket =
        e.awsErrorDetails() != null && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
    return e.statusCode() == 412 || e.statusCode() == 409 || (e.statusCode() == 404 && !noBucket);
  }

  private void copyWhole(ArrivedFile file, String key) {
    HeadObjectResponse head = file.head();
    s3.copyObject(
        request ->
            request
                .sourceBucket(file.bucket())
                .sourceKey(file.key())
                .copySourceIfMatch(head.eTag())
                .destinationBucket(bucket)
                .destinationKey(key)
                .ifNoneMatch("*")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(metadata(file))
                .contentType(head.contentType())
                .contentEncoding(head.contentEncoding())
                .contentLanguage(head.contentLanguage())
                .contentDisposition(head.contentDisposition())
                .cacheControl(head.cacheControl()));
  }

  private void putEmpty(ArrivedFile file, String key) {
    HeadObjectResponse head = file.head();
    s3.putObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .ifNoneMatch("*")
                .metadata(metadata(file))
                .contentType(head.contentType())
                .contentEncoding(head.contentEncoding()),
        RequestBody.empty());
  }

  static Map<String, String> metadata(ArrivedFile file) {
    Map<String, String> metadata = new HashMap<>(file.head().metadata());
    metadata.put(BackupBucket.SOURCE_ETAG, file.etag());
    return metadata;
  }
}
