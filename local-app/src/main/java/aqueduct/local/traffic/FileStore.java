// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A made log file -> a file of a directory, or an object of a bucket, under its own name. */
public interface FileStore extends AutoCloseable {

  /** Throws UncheckedIOException that says where it cannot be put, and why. */
  void put(TrafficFile file);

  @Override
  default void close() {}

  /** A directory, made if it is not there. */
  static FileStore directory(Path directory) throws IOException {
    Files.createDirectories(directory);
    return file -> {
      try {
        Files.write(directory.resolve(file.name()), file.gzip());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** A bucket; endpoint and credentials are those of the environment. */
  static FileStore bucket(String name) {
    S3Client s3 = S3Client.builder().forcePathStyle(true).build();
    return new FileStore() {
      @Override
      public void put(TrafficFile file) {
        try {
          s3.putObject(
              request -> request.bucket(name).key(file.name()), RequestBody.fromBytes(file.gzip()));
        } catch (SdkException e) {
          throw new UncheckedIOException(
              new IOException("s3://" + name + "/" + file.name() + ": " + e.getMessage(), e));
        }
      }

      @Override
      public void close() {
        s3.close();
      }
    };
  }
}
