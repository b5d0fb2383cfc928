// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.elsewhere;

import aqueduct.servers.Endpoints;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Endpoints -> clients that sign as nobody: AWS itself refuses them, emulators do not look. */
record Clients(S3Client s3, SqsClient sqs, KinesisClient kinesis) implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final StaticCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  static Clients of(Endpoints at) {
    Region region = Region.of(at.region());
    return new Clients(
        to(at.s3(), region, S3Client.builder()).forcePathStyle(true).build(),
        to(at.sqs(), region, SqsClient.builder()).build(),
        to(at.kinesis(), region, KinesisClient.builder()).build());
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B to(
      URI endpoint, Region region, B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(region)
        .credentialsProvider(NOBODY)
        .httpClientBuilder(ApacheHttpClient.builder())
        .overrideConfiguration(o -> o.apiCallTimeout(CALL));
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    kinesis.close();
  }
}
