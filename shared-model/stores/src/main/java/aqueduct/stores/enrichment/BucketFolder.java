// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.enrichment;

import aqueduct.enrichment.ObjectFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A prefix of a bucket as a folder of objects. An object is put on the condition that its name is
 * free, so of several writers one wins.
 */
public final class BucketFolder implements ObjectFolder {
  private static final int TAKEN = 412;
  private static final int TAKEN_AT_ONCE = 409;
  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /** Of the form {@code s3://bucket/prefix}. */
  public BucketFolder(S3Client s3, String uri) {
    if (!uri.matches("s3://[^/]+(/.*)?")) {
      throw new IllegalArgumentException("'" + uri + "' must be like s3://bucket/prefix");
    }
    String path = uri.substring("s3://".length());
    int slash = path.indexOf('/');
    String after = slash < 0 ? "" : path.substring(slash + 1);
    this.s3 = s3;
    this.bucket = slash < 0 ? path : path.substring(0, slash);
    this.prefix = after.isEmpty() || after.endsWith("/") ? after : after + "/";
  }

  private interface Call<T> {
    T call();
  }

  private <T> T io(String name, Call<T> call) throws IOException {
    try {
      return call.call();
    } catch (SdkException e) {
      throw new IOException(this + name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> names() throws IOException {
    return io(
        "",
        () ->
            s3
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .filter(name -> !name.isEmpty())
                .sorted()
                .toList());
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return io(
        name,
        () -> {
          try {
            return Optional.of(
                s3.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + name)).asByteArray());
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public InputStream open(String name) throws IOException {
    try {
      return s3.getObject(get -> get.bucket(bucket).key(prefix + name));
    } catch (NoSuchKeyException e) {
      throw new FileNotFoundException(this + name + " is not there");
    } catch (SdkException e) {
      throw new IOException(this + name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean create(String name, byte[] bytes) throws IOException {
    return create(name, RequestBody.fromBytes(bytes));
  }

  @Override
  public boolean create(String name, Path file) throws IOException {
    return create(name, RequestBody.fromFile(file));
  }

  private boolean create(String name, RequestBody body) throws IOException {
    return io(
        name,
        () -> {
          try {
            s3.putObject(put -> put.bucket(bucket).key(prefix + name).ifNoneMatch("*"), body);
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == TAKEN || e.statusCode() == TAKEN_AT_ONCE) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public void delete(String name) throws IOException {
    var unused =
        io(name, () -> s3.deleteObject(delete -> delete.bucket(bucket).key(prefix + name)));
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
