// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * What any Kinesis endpoint must do for our readers and writers: all of {@link RecordConformance},
 * and what follows for shards and streams. One suite, so that no client runs half of it.
 */
abstract class KinesisConformance extends RecordConformance {
  @Test
  void a_split_shard_ends_and_names_its_children() {
    put("a", new byte[] {1});
    Shard parent = shards().get(0);
    kinesis.splitShard(
        b ->
            b.streamName(stream)
                .shardToSplit(parent.shardId())
                .newStartingHashKey(BigInteger.ONE.shiftLeft(127).toString()));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    put("a", new byte[] {2});

    List<Shard> shards = shards();
    assertThat(shards).hasSize(3);
    assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
    assertThat(shards.subList(1, 3))
        .allSatisfy(s -> assertThat(s.parentShardId()).isEqualTo(parent.shardId()));
    assertThat(shards.subList(1, 3))
        .allSatisfy(s -> assertThat(s.sequenceNumberRange().endingSequenceNumber()).isNull());

    GetRecordsResponse page =
        kinesis.getRecords(
            b ->
                b.shardIterator(
                    iterator(parent.shardId(), ShardIteratorType.TRIM_HORIZON, null, null)));
    assertThat(page.records()).hasSize(1);
    if (page.nextShardIterator() != null) {
      String end = page.nextShardIterator();
      page = kinesis.getRecords(b -> b.shardIterator(end));
    }
    assertThat(page.nextShardIterator()).isNull();
    assertThat(page.childShards())
        .extracting(c -> c.shardId())
        .containsExactlyElementsOf(ids(shards.subList(1, 3)));
    assertThat(page.childShards().get(0).parentShards()).containsExactly(parent.shardId());
  }

  @Test
  void merged_shards_end_and_their_child_takes_both_ranges() {
    kinesis.splitShard(
        b ->
            b.streamName(stream)
                .shardToSplit(only())
                .newStartingHashKey(BigInteger.ONE.shiftLeft(126).toString()));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    List<String> halves = ids(shards().subList(1, 3));
    kinesis.mergeShards(
        b -> b.streamName(stream).shardToMerge(halves.get(0)).adjacentShardToMerge(halves.get(1)));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    Shard merged = shards().get(3);
    assertThat(List.of(merged.parentShardId(), merged.adjacentParentShardId()))
        .containsExactlyInAnyOrderElementsOf(halves);
    assertThat(merged.hashKeyRange().startingHashKey()).isEqualTo("0");
    assertThatThrownBy(
            () ->
                kinesis.mergeShards(
                    b ->
                        b.streamName(stream)
                            .shardToMerge(halves.get(0))
                            .adjacentShardToMerge(merged.shardId())))
        .isInstanceOf(AwsServiceException.class);
  }

  @Test
  void a_new_shard_count_gives_equal_shards() {
    kinesis.updateShardCount(
        b -> b.streamName(stream).targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    kinesis.updateShardCount(
        b -> b.streamName(stream).targetShardCount(3).scalingType(ScalingType.UNIFORM_SCALING));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    List<Shard> open =
        kinesis
            .listShards(
                b -> b.streamName(stream).shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
            .shards();
    assertThat(open).hasSize(3);
    BigInteger third = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(3));
    assertThat(open.stream().map(s -> new BigInteger(s.hashKeyRange().startingHashKey())).sorted())
        .containsExactly(BigInteger.ZERO, third, third.multiply(BigInteger.TWO));
  }

  @Test
  void shards_are_listed_by_filter_and_in_pages() {
    kinesis.updateShardCount(
        b -> b.streamName(stream).targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(stream));
    List<String> all = ids(shards());
    assertThat(all).hasSize(3);
    assertThat(filtered(ShardFilterType.AT_LATEST, null)).isEqualTo(all.subList(1, 3));
    assertThat(filtered(ShardFilterType.AT_TRIM_HORIZON, null)).isEqualTo(all.subList(0, 1));
    assertThat(filtered(ShardFilterType.FROM_TRIM_HORIZON, null)).isEqualTo(all);
    assertThat(filtered(ShardFilterType.FROM_TIMESTAMP, Instant.EPOCH)).isEqualTo(all);
    assertThat(
            ids(
                kinesis
                    .listShards(
                        b ->
                            b.streamName(stream)
                                .shardFilter(
                                    f ->
                                        f.type(ShardFilterType.AFTER_SHARD_ID).shardId(all.get(1))))
                    .shards()))
        .isEqualTo(all.subList(2, 3));

    var first = kinesis.listShards(b -> b.streamName(stream).maxResults(2));
    var second = kinesis.listShards(b -> b.nextToken(first.nextToken()));
    assertThat(ids(first.shards())).isEqualTo(all.subList(0, 2));
    assertThat(ids(second.shards())).isEqualTo(all.subList(2, 3));
    assertThat(second.nextToken()).isNull();
  }

  private List<String> filtered(ShardFilterType type, Instant time) {
    return ids(
        kinesis
            .listShards(b -> b.streamName(stream).shardFilter(f -> f.type(type).timestamp(time)))
            .shards());
  }

  @Test
  void a_stream_is_described_also_by_its_arn() {
    var summary =
        kinesis.describeStreamSummary(b -> b.streamName(stream)).streamDescriptionSummary();
    assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
    assertThat(summary.openShardCount()).isEqualTo(1);
    assertThat(summary.retentionPeriodHours()).isEqualTo(24);
    assertThat(summary.streamARN()).endsWith(":stream/" + stream);
    assertThat(summary.streamCreationTimestamp()).isAfter(Instant.now().minusSeconds(3_600));
    var description =
        kinesis.describeStream(b -> b.streamARN(summary.streamARN())).streamDescription();
    assertThat(description.streamName()).isEqualTo(stream);
    assertThat(description.shards()).hasSize(1);
    assertThat(description.hasMoreShards()).isFalse();
    assertThat(kinesis.listStreamsPaginator(b -> b.limit(1)).streamNames()).contains(stream);
  }

  @Test
  void retention_and_tags_are_kept() {
    kinesis.increaseStreamRetentionPeriod(b -> b.streamName(stream).retentionPeriodHours(48));
    assertThat(
            kinesis
                .describeStreamSummary(b -> b.streamName(stream))
                .streamDescriptionSummary()
                .retentionPeriodHours())
        .isEqualTo(48);
    assertThatThrownBy(
            () ->
                kinesis.increaseStreamRetentionPeriod(
                    b -> b.streamName(stream).retentionPeriodHours(24)))
        .satisfies(e -> assertThat(code(e)).isEqualTo("InvalidArgumentException"));
    kinesis.decreaseStreamRetentionPeriod(b -> b.streamName(stream).retentionPeriodHours(24));
    kinesis.addTagsToStream(b -> b.streamName(stream).tags(Map.of("team", "data")));
    assertThat(kinesis.listTagsForStream(b -> b.streamName(stream)).tags())
        .singleElement()
        .satisfies(t -> assertThat(t.key() + "=" + t.value()).isEqualTo("team=data"));
  }

  @Test
  void what_is_not_there_or_already_there_is_said_by_its_code() {
    assertThatThrownBy(() -> create(stream, 1)).isInstanceOf(ResourceInUseException.class);
    assertThatThrownBy(() -> kinesis.describeStreamSummary(b -> b.streamName("no-such-stream")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> iterator("shardId-000000000099", ShardIteratorType.LATEST, null, null))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> kinesis.getRecords(b -> b.shardIterator("nonsense")))
        .satisfies(e -> assertThat(code(e)).isEqualTo("InvalidArgumentException"));
  }
}
