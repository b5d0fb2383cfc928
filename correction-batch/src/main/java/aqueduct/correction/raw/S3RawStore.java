// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.logs.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
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

  /** An object that is put at once, without a key of KMS, has the MD5 of its bytes as its ETag. */
  @Override
  public LogFile named(LogFile old, byte[] content) {
    return new LogFile(old.bucket(), old.key(), FolderRawStore.md5(content), content.length);
  }

  @Override
  public void replace(LogFile old, byte[] content) throws IOException {
    try {
      String etag =
          s3.putObject(
                  request ->
                      request.bucket(old.bucket()).key(old.key()).ifMatch('"' + old.etag() + '"'),
                  RequestBody.fromBytes(content))
              .eTag();
      if (!named(old, content).etag().equals(etag.replace("\"", ""))) {
        throw new IOException(
            "s3://"
                + old.bucket()
                + "/"
                + old.key()
                + " has an ETag that is no MD5 (a KMS key?): the live path will count what is left of it again;"
                + " stop streamify before erasing there");
      }
    } catch (SdkException e) {
      throw new IOException(
          "s3://" + old.bucket() + "/" + old.key() + " cannot be replaced: " + e.getMessage(), e);
    }
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
