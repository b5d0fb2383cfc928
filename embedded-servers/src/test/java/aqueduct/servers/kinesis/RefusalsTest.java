// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class RefusalsTest extends OnKinesis {
  private static final String SHARD = "shardId-000000000000";

  @Test
  void an_iterator_lives_5_minutes() {
    put("k", "1");
    String iterator = horizon(SHARD);
    clock.go(Duration.ofMinutes(5));
    assertThat(kinesis.getRecords(b -> b.shardIterator(iterator)).records()).hasSize(1);
    clock.go(Duration.ofMillis(1));
    assertThatThrownBy(() -> kinesis.getRecords(b -> b.shardIterator(iterator)))
        .isInstanceOf(ExpiredIteratorException.class);
  }

  @Test
  void a_token_of_a_list_of_shards_lives_5_minutes() {
    kinesis.updateShardCount(
        b -> b.streamName("s").targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    String token = kinesis.listShards(b -> b.streamName("s").maxResults(1)).nextToken();
    assertThat(kinesis.listShards(b -> b.nextToken(token)).shards()).hasSize(2);
    clock.go(Duration.ofMinutes(5).plusMillis(1));
    assertThatThrownBy(() -> kinesis.listShards(b -> b.nextToken(token)))
        .isInstanceOf(ExpiredNextTokenException.class);
  }

  @Test
  void a_share_of_the_records_is_refused_the_same_one_for_the_same_seed() {
    List<String> many = IntStream.range(0, 400).mapToObj(i -> "r" + i).toList();
    server.throttle(Throttling.refusing(0.25, 7));
    PutRecordsResponse first = putAll(many, many);
    assertThat(first.failedRecordCount()).isBetween(70, 130);
    assertThat(first.records())
        .filteredOn(r -> r.errorCode() != null)
        .hasSize(first.failedRecordCount())
        .allMatch(
            r ->
                r.errorCode().equals("ProvisionedThroughputExceededException")
                    && r.sequenceNumber() == null);
    assertThat(texts()).hasSize(400 - first.failedRecordCount());

    server.throttle(Throttling.refusing(0.25, 7));
    PutRecordsResponse second = putAll(many, many);
    assertThat(second.records().stream().map(r -> r.errorCode() == null).toList())
        .isEqualTo(first.records().stream().map(r -> r.errorCode() == null).toList());

    server.throttle(Throttling.refusing(1, 7));
    assertThatThrownBy(() -> put("k", "1"))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    server.throttle(Throttling.none());
    put("k", "1");
  }

  @Test
  void a_real_shard_takes_1000_records_and_1_MiB_a_second() {
    server.throttle(Throttling.realShards());
    List<String> keys = Collections.nCopies(400, "k");
    assertThat(putAll(keys, keys).failedRecordCount()).isZero();
    assertThat(putAll(keys, keys).failedRecordCount()).isZero();
    assertThat(putAll(keys, keys).failedRecordCount()).isEqualTo(200);
    clock.go(Duration.ofSeconds(1));
    List<String> large = Collections.nCopies(3, "x".repeat(500_000));
    assertThat(putAll(Collections.nCopies(3, "k"), large).failedRecordCount()).isEqualTo(1);
    clock.go(Duration.ofSeconds(1));
    assertThat(putAll(Collections.nCopies(3, "k"), large).failedRecordCount()).isEqualTo(1);
  }

  @Test
  void a_real_shard_is_read_5_times_and_2_MiB_a_second() {
    String text = "x".repeat(1_000_000);
    for (int i = 0; i < 6; i++) put("k", text);
    server.throttle(Throttling.realShards());
    String iterator = horizon(SHARD);
    assertThat(kinesis.getRecords(b -> b.shardIterator(iterator)).records()).hasSize(6);
    clock.go(Duration.ofSeconds(2));
    assertThatThrownBy(() -> kinesis.getRecords(b -> b.shardIterator(iterator).limit(1)))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    clock.go(Duration.ofSeconds(1));
    String end = iterator(SHARD, ShardIteratorType.LATEST, null, null);
    for (int i = 0; i < 5; i++) kinesis.getRecords(b -> b.shardIterator(end));
    assertThatThrownBy(() -> kinesis.getRecords(b -> b.shardIterator(end)))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void a_stream_can_be_set_to_take_records_of_10_MiB() {
    kinesis.updateMaxRecordSize(
        b ->
            b.streamARN("arn:aws:kinesis:us-east-1:000000000000:stream/s")
                .maxRecordSizeInKiB(10_240));
    byte[] large = new byte[(10 << 20) - 1];
    kinesis.putRecord(
        b -> b.streamName("s").partitionKey("k").data(SdkBytes.fromByteArrayUnsafe(large)));
    String iterator = horizon(SHARD);
    assertThat(
            kinesis
                .getRecords(b -> b.shardIterator(iterator))
                .records()
                .get(0)
                .data()
                .asByteArrayUnsafe())
        .hasSize(large.length);
  }

  @Test
  void a_shard_count_at_most_doubles_or_halves() {
    assertThatThrownBy(
            () ->
                kinesis.updateShardCount(
                    b ->
                        b.streamName("s")
                            .targetShardCount(3)
                            .scalingType(ScalingType.UNIFORM_SCALING)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("double");
  }

  @Test
  void a_number_of_another_shard_and_a_time_to_come_are_refused() {
    put("k", "1");
    String early = shards().get(0).sequenceNumberRange().startingSequenceNumber();
    kinesis.splitShard(
        b -> b.streamName("s").shardToSplit(SHARD).newStartingHashKey(HALF.toString()));
    assertThatThrownBy(
            () ->
                iterator("shardId-000000000001", ShardIteratorType.AT_SEQUENCE_NUMBER, early, null))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () ->
                iterator(
                    "shardId-000000000001",
                    ShardIteratorType.AT_TIMESTAMP,
                    null,
                    clock.instant().plusSeconds(1)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(
            () -> iterator("shardId-000000000001", ShardIteratorType.AT_SEQUENCE_NUMBER, "0", null))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void what_is_not_there_is_said_by_name() {
    assertThatThrownBy(
            () ->
                kinesis.registerStreamConsumer(
                    b ->
                        b.streamARN("arn:aws:kinesis:us-east-1:000000000000:stream/s")
                            .consumerName("c")))
        .isInstanceOf(AwsServiceException.class)
        .hasMessageContaining("RegisterStreamConsumer is not supported");
  }

  @Test
  void names_that_would_leave_the_directory_are_refused() {
    for (String name : List.of("..", ".s", "a/b")) {
      assertThatThrownBy(() -> kinesis.createStream(b -> b.streamName(name).shardCount(1)))
          .isInstanceOf(AwsServiceException.class);
    }
  }
}
