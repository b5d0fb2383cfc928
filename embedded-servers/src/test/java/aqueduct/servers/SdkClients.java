// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SDK clients of endpoints. */
public final class SdkClients {
  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

  private SdkClients() {}

  public static S3Client s3(URI endpoint) {
    return to(endpoint, S3Client.builder()).build();
  }

  public static SqsClient sqs(URI endpoint) {
    return to(endpoint, SqsClient.builder()).build();
  }

  public static DynamoDbClient dynamoDb(URI endpoint) {
    return to(endpoint, DynamoDbClient.builder()).build();
  }

  public static KinesisClient kinesis(URI endpoint) {
    return to(endpoint, KinesisClient.builder()).build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B to(URI endpoint, B builder) {
    return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(ANYONE);
  }
}
