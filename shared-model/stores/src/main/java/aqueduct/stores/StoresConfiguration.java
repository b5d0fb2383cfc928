// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores;

import aqueduct.logs.FileLedger;
import aqueduct.logs.RecordSink;
import aqueduct.logs.ShardProgress;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import aqueduct.stores.ledger.DynamoDbFileLedger;
import aqueduct.stores.ledger.DynamoDbShardProgress;
import aqueduct.stores.pipes.FunctionReaders;
import java.time.Duration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The stores as beans, each made when an element first asks for it. Endpoints, region and
 * credentials come from the SDK's default chain (AWS_ENDPOINT_URL_S3 and so on). No call waits for
 * ever.
 */
@AutoConfiguration
@Lazy
@EnableConfigurationProperties(StoresProperties.class)
public class StoresConfiguration {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofMinutes(2);

  private static ApacheHttpClient.Builder http() {
    return ApacheHttpClient.builder()
        .connectionTimeout(CONNECT)
        .socketTimeout(READ)
        .maxConnections(100);
  }

  /** Reading a large file takes long: its whole call is not bounded, each read is. */
  @Bean
  @ConditionalOnMissingBean
  S3Client storesS3() {
    return S3Client.builder().httpClientBuilder(http()).build();
  }

  @Bean
  @ConditionalOnMissingBean
  DynamoDbClient storesDynamoDb() {
    return DynamoDbClient.builder()
        .httpClientBuilder(http())
        .overrideConfiguration(o -> o.apiCallTimeout(CALL))
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  KinesisClient storesKinesis() {
    return KinesisClient.builder()
        .httpClientBuilder(http())
        .overrideConfiguration(o -> o.apiCallTimeout(CALL))
        .build();
  }

  /** Streams, and calls where the topology says that a pipe is direct. */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  RecordSink recordSink(
      KinesisClient kinesis,
      StoresProperties properties,
      Environment environment,
      BeanFactory functions) {
    KinesisRecordSink streams =
        new KinesisRecordSink(
            kinesis, SinkSettings.defaults(), pipe -> properties.pipePrefix() + pipe);
    return FunctionReaders.joining(streams, environment, functions);
  }

  @Bean
  @ConditionalOnMissingBean
  FileLedger fileLedger(DynamoDbClient dynamo, StoresProperties properties) {
    DynamoDbFileLedger ledger =
        new DynamoDbFileLedger(
            dynamo,
            properties.pipePrefix() + properties.ledger().table(),
            properties.ledger().retention());
    if (properties.ledger().create()) {
      ledger.createTable();
    }
    return ledger;
  }

  /** Of streams of single records (real-time logs). */
  @Bean
  @ConditionalOnMissingBean
  ShardProgress shardProgress(DynamoDbClient dynamo, StoresProperties properties) {
    DynamoDbShardProgress progress =
        new DynamoDbShardProgress(dynamo, properties.pipePrefix() + "shard-progress");
    if (properties.ledger().create()) {
      progress.createTable();
    }
    return progress;
  }
}
