// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.LogFile;
import aqueduct.logs.notice.ObjectNotice;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Notices -> the files that they name. */
final class KeptFiles {
  private final S3Client s3;

  KeptFiles(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The file as it is now: a kept file never changes, and if it did, its ETag makes it another
   * file.
   */
  Optional<KeptFile> find(ObjectNotice notice) {
    return notice.keys().stream()
        .map(key -> head(notice.bucket(), key))
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            file ->
                new KeptFile(
                    file,
                    () ->
                        s3.getObject(
                            request ->
                                request
                                    .bucket(file.bucket())
                                    .key(file.key())
                                    .ifMatch('"' + file.etag() + '"'))));
  }

  private Optional<LogFile> head(String bucket, String key) {
    try {
      HeadObjectResponse head = s3.headObject(request -> request.bucket(bucket).key(key));
      return Optional.of(
          new LogFile(bucket, key, head.eTag().replace("\"", ""), head.contentLength()));
    } catch (NoSuchKeyException missing) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
