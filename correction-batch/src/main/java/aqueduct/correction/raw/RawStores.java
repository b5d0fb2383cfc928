// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Addresses -> stores, each opened once in a JVM: executors open their own. */
final class RawStores {
  private static final Map<String, RawStore> OPEN = new ConcurrentHashMap<>();

  private RawStores() {}

  static RawStore at(String address) {
    return OPEN.computeIfAbsent(address, RawStores::open);
  }

  private static RawStore open(String address) {
    URI uri = URI.create(address);
    return switch (String.valueOf(uri.getScheme())) {
      case "s3" -> new S3RawStore(client(), uri.getAuthority());
      case "file" -> new FolderRawStore(Path.of(uri));
      default ->
          throw new IllegalArgumentException(
              "aqueduct.correction.raw is " + address + ": must be s3://bucket or file:/folder");
    };
  }

  private static S3Client client() {
    return S3Client.builder()
        .forcePathStyle(System.getenv("AWS_ENDPOINT_URL_S3") != null)
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(60)))
        .build();
  }
}
