// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** An S3 server on loopback with two buckets, and short ways to look into them. */
final class LocalS3 implements AutoCloseable {
  static final String INGEST = "ingest";
  static final String BACKUP = "backup";
  static final String FOREIGN = "foreign";

  private final S3Proxy server;
  final StrictStore store = new StrictStore(new TransientNio2BlobStore());
  final S3Client client;

  LocalS3() {
    try {
      server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.NONE, "local", "local")
              .build();
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    Awaitility.await().until(() -> server.getState().equals("STARTED"));
    client = client();
    client.createBucket(request -> request.bucket(INGEST));
    client.createBucket(request -> request.bucket(BACKUP));
    client.createBucket(request -> request.bucket(FOREIGN));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  S3Client client(ExecutionInterceptor... interceptors) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(
            override -> {
              List.of(interceptors).forEach(override::addExecutionInterceptor);
              override.addExecutionInterceptor(StrictStore.ASK_FOR_CONDITIONAL_COPY);
            })
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
    store.keys(bucket).forEach(key -> contents.put(key, get(bucket, key).orElseThrow()));
    return contents;
  }

  /** Empties all buckets. */
  void clear() {
    for (String bucket : List.of(INGEST, BACKUP, FOREIGN)) {
      store
          .keys(bucket)
          .forEach(key -> client.deleteObject(request -> request.bucket(bucket).key(key)));
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
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
