// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.servers.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Where the arbiter keeps its journal. */
final class ArbiterTableOption {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the arbiter's DynamoDB table; default: arbiter",
      defaultValue = "arbiter")
  private String table = "arbiter";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "of a running ./aqueduct up; default: what the AWS environment says")
  private @Nullable Path data;

  <T> T ask(Function<DynamoDbJournal, T> question) throws IOException {
    try (DynamoDbClient dynamo = client()) {
      return question.apply(new DynamoDbJournal(new ArbiterTable(dynamo, table)));
    } catch (ResourceNotFoundException e) {
      throw new WorkFailed(
          "There is no table " + table + ": no arbiter has run here, or name its table by --table",
          e);
    } catch (SdkException e) {
      throw new WorkFailed("DynamoDB does not answer: " + e.getMessage(), e);
    }
  }

  private DynamoDbClient client() throws IOException {
    DynamoDbClientBuilder builder =
        DynamoDbClient.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(PATIENCE)
                    .socketTimeout(PATIENCE))
            .overrideConfiguration(c -> c.apiCallTimeout(PATIENCE));
    return data == null ? ofTheEnvironment(builder) : local(builder, data);
  }

  private static DynamoDbClient ofTheEnvironment(DynamoDbClientBuilder builder) {
    try {
      return builder.build();
    } catch (SdkClientException e) {
      throw new WorkFailed(
          "Where the arbiter's table is, is not known: name a running pipeline by --data, or set AWS_REGION",
          e);
    }
  }

  private static DynamoDbClient local(DynamoDbClientBuilder builder, Path data) throws IOException {
    Path file = data.resolve("aqueduct.env");
    if (!Files.exists(file)) {
      throw new WorkFailed("Nothing runs in " + data + ": start it with ./aqueduct up");
    }
    Endpoints endpoints = Endpoints.readEnvFile(file);
    URI address = endpoints.dynamoDb();
    return builder
        .endpointOverride(address)
        .region(Region.of(endpoints.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }
}
