// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import aqueduct.servers.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server on loopback with three buckets, and short ways to look into them. */
final class LocalS3 implements AutoCloseable {
  static final String INGEST = "ingest";
  static final String BACKUP = "backup";
  static final String FOREIGN = "foreign";

  private final Path directory;
  private final S3Server server;
  final S3Client client;

  LocalS3() {
    this(notification -> {});
  }

  /** One whose ingest bucket tells of its new objects. */
  LocalS3(Consumer<String> notifications) {
    try {
      directory = Files.createTempDirectory("s3-of-test");
      server =
          S3Server.start(
              directory,
              0,
              "eu-west-1",
              Clock.systemUTC(),
              Map.of(INGEST, "arrived-files", BACKUP, "", FOREIGN, ""),
              (queue, body) -> notifications.accept(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = client();
  }

  S3Client client(ExecutionInterceptor... interceptors) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(
            override -> List.of(interceptors).forEach(override::addExecutionInterceptor))
        .build();
  }

  /** Returns the ETag, without quotes. */
  String put(String bucket, String key, String content) {
    return Etags.unquoted(
        client
            .putObject(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType("application/x-gzip")
                        .contentEncoding("identity")
                        .metadata(Map.of("by", "cloudfront")),
                RequestBody.fromString(content))
            .eTag());
  }

  Optional<String> get(String bucket, String key) {
    try {
      return Optional.of(
          client.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** All keys of the bucket with their contents. */
  Map<String, String> contents(String bucket) {
    Map<String, String> contents = new TreeMap<>();
    keys(bucket).forEach(key -> contents.put(key, get(bucket, key).orElseThrow()));
    return contents;
  }

  private List<String> keys(String bucket) {
    return client
        .listObjectsV2Paginator(request -> request.bucket(bucket).encodingType(EncodingType.URL))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Empties all buckets. */
  void clear() {
    for (String bucket : List.of(INGEST, BACKUP, FOREIGN)) {
      keys(bucket).forEach(key -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }
    client
        .listMultipartUploads(request -> request.bucket(BACKUP))
        .uploads()
        .forEach(
            upload ->
                client.abortMultipartUpload(
                    request ->
                        request.bucket(BACKUP).key(upload.key()).uploadId(upload.uploadId())));
  }

  int unfinishedUploads() {
    return client.listMultipartUploads(request -> request.bucket(BACKUP)).uploads().size();
  }

  @Override
  public void close() {
    client.close();
    server.close();
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
