// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One large file -> one object, part by part, inside S3. Each part is read only while the file has
 * its ETag; the object appears only as a whole, and only under a free name. A failure aborts the
 * upload; what a killed worker left behind is aborted by the next copy under that name once it is
 * old enough to be nobody's.
 */
final class MultipartCopy {
  private static final Logger log = LoggerFactory.getLogger(MultipartCopy.class);
  private static final int MOST_PARTS = 10_000; // S3's limit

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final ArrivedFile file;
  private final BackupProperties.Multipart settings;

  MultipartCopy(
      S3Client s3,
      String bucket,
      String key,
      ArrivedFile file,
      BackupProperties.Multipart settings) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.file = file;
    this.settings = settings;
  }

  void run() {
    abortAbandoned();
    String upload = begin();
    try {
      complete(upload, copyParts(upload));
    } catch (RuntimeException e) {
      abort(upload, e);
      throw e;
    }
  }

  private String begin() {
    HeadObjectResponse head = file.head();
    return s3.createMultipartUpload(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .metadata(FileCopier.metadata(file))
                    .contentType(head.contentType())
                    .contentEncoding(head.contentEncoding())
                    .contentLanguage(head.contentLanguage())
                    .contentDisposition(head.contentDisposition())
                    .cacheControl(head.cacheControl()))
        .uploadId();
  }

  private List<CompletedPart> copyParts(String upload) {
    long size = partSize(file.size(), settings.partSize().toBytes());
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < file.size(); from += size) {
      int number = parts.size() + 1;
      String range = "bytes=" + from + "-" + (Math.min(from + size, file.size()) - 1);
      String etag =
          s3.uploadPartCopy(
                  request ->
                      request
                          .sourceBucket(file.bucket())
                          .sourceKey(file.key())
                          .copySourceIfMatch(file.head().eTag())
                          .copySourceRange(range)
                          .destinationBucket(bucket)
                          .destinationKey(key)
                          .uploadId(upload)
                          .partNumber(number))
              .copyPartResult()
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return parts;
  }

  /** The wanted size, or a larger one where that would make too many parts. */
  static long partSize(long size, long wanted) {
    return Math.max(wanted, (size + MOST_PARTS - 1) / MOST_PARTS);
  }

  private void complete(String upload, List<CompletedPart> parts) {
    s3.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(completed -> completed.parts(parts)));
  }

  private void abort(String upload, RuntimeException cause) {
    try {
      s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e); // gone already, or left to abortAbandoned
    }
  }

  /** Housekeeping: where it fails, the bucket's lifecycle rule does it later. */
  private void abortAbandoned() {
    Instant before = Instant.now().minus(settings.abandonedAfter());
    try {
      s3
          .listMultipartUploadsPaginator(
              request -> request.bucket(bucket).prefix(key).encodingType(EncodingType.URL))
          .uploads()
          .stream()
          .filter(upload -> upload.key().equals(key) && upload.initiated().isBefore(before))
          .forEach(
              upload -> {
                log.info("aborting an abandoned upload of {}", FileName.of(key));
                s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload.uploadId()));
              });
    } catch (SdkException e) {
      log.warn("no abandoned uploads of {} are aborted: {}", FileName.of(key), e.toString());
    }
  }
}
