// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.logs.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The backup bucket. */
record S3RawStore(S3Client s3, String bucket) implements RawStore {
  @Override
  public Stream<Kept> list() {
    return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .map(this::kept);
  }

  private Kept kept(S3Object object) {
    return new Kept(
        new LogFile(bucket, object.key(), object.eTag().replace("\"", ""), object.size()),
        object.lastModified());
  }

  @Override
  public InputStream open(LogFile file) throws IOException {
    try {
      return s3.getObject(
          request ->
              request.bucket(file.bucket()).key(file.key()).ifMatch('"' + file.etag() + '"'));
    } catch (SdkException e) {
      throw new IOException(
          "s3://" + file.bucket() + "/" + file.key() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
