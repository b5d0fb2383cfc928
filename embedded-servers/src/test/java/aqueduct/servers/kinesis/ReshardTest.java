// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

class ReshardTest extends OnKinesis {
  private static final int KEYS = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void splits_and_merges_under_load_lose_nothing_and_keep_the_order_of_each_key(long seed)
      throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(2);
    List<Future<Integer>> written = new ArrayList<>();
    for (int w = 0; w < 2; w++) {
      int writer = w;
      written.add(writers.submit(() -> write(writer, done)));
    }
    Random random = new Random(seed);
    for (int i = 0; i < 30; i++) {
      clock.go(Duration.ofMillis(1));
      change(random);
    }
    done.set(true);
    int records = 0;
    for (Future<Integer> one : written) records += one.get();
    writers.shutdown();

    List<Record> all = lineage();
    assertThat(all).hasSize(records);
    Map<String, Integer> next = new HashMap<>();
    for (Record record : all) {
      int number = Integer.parseInt(record.data().asUtf8String());
      assertThat(number).isEqualTo(next.merge(record.partitionKey(), 1, Integer::sum) - 1);
    }
    assertOpenShardsCoverAllKeysOnce();
    restart();
    assertThat(lineage()).hasSize(records);
  }

  /** Rounds of one record per key; returns how many records. */
  private int write(int writer, AtomicBoolean done) {
    List<String> keys = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) keys.add("w" + writer + "k" + k);
    int round = 0;
    while (!done.get()) {
      PutRecordsResponse answer = putAll(keys, Collections.nCopies(KEYS, Integer.toString(round)));
      assertThat(answer.failedRecordCount()).isZero();
      round++;
    }
    return round * KEYS;
  }

  private void change(Random random) {
    List<Shard> open =
        kinesis
            .listShards(b -> b.streamName("s").shardFilter(f -> f.type(ShardFilterType.AT_LATEST)))
            .shards()
            .stream()
            .sorted(Comparator.comparing(s -> new BigInteger(s.hashKeyRange().startingHashKey())))
            .toList();
    int at = random.nextInt(open.size());
    if (open.size() > 1 && random.nextBoolean()) {
      int other = at == 0 ? 1 : at - 1;
      kinesis.mergeShards(
          b ->
              b.streamName("s")
                  .shardToMerge(open.get(at).shardId())
                  .adjacentShardToMerge(open.get(other).shardId()));
    } else {
      BigInteger from = new BigInteger(open.get(at).hashKeyRange().startingHashKey());
      BigInteger to = new BigInteger(open.get(at).hashKeyRange().endingHashKey());
      kinesis.splitShard(
          b ->
              b.streamName("s")
                  .shardToSplit(open.get(at).shardId())
                  .newStartingHashKey(from.add(to).divide(BigInteger.TWO).toString()));
    }
  }

  private void assertOpenShardsCoverAllKeysOnce() {
    BigInteger next = BigInteger.ZERO;
    for (Shard shard :
        shards().stream()
            .filter(s -> s.sequenceNumberRange().endingSequenceNumber() == null)
            .sorted(Comparator.comparing(s -> new BigInteger(s.hashKeyRange().startingHashKey())))
            .toList()) {
      assertThat(new BigInteger(shard.hashKeyRange().startingHashKey())).isEqualTo(next);
      next = new BigInteger(shard.hashKeyRange().endingHashKey()).add(BigInteger.ONE);
    }
    assertThat(next).isEqualTo(BigInteger.ONE.shiftLeft(128));
  }

  @Test
  void each_shard_count_from_any_other_gives_equal_shards_with_at_most_two_parents() {
    for (int count : List.of(2, 3, 5, 3, 4, 7, 4, 2, 1)) {
      clock.go(Duration.ofMillis(1));
      kinesis.updateShardCount(
          b -> b.streamName("s").targetShardCount(count).scalingType(ScalingType.UNIFORM_SCALING));
      BigInteger width = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
      List<BigInteger> starts =
          shards().stream()
              .filter(s -> s.sequenceNumberRange().endingSequenceNumber() == null)
              .map(s -> new BigInteger(s.hashKeyRange().startingHashKey()))
              .sorted()
              .toList();
      assertThat(starts).hasSize(count).allMatch(s -> s.mod(width).signum() == 0);
      assertOpenShardsCoverAllKeysOnce();
    }
  }

  @Test
  void a_closed_shard_without_records_ends_at_once() {
    kinesis.updateShardCount(
        b -> b.streamName("s").targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    var page = kinesis.getRecords(b -> b.shardIterator(horizon("shardId-000000000000")));
    assertThat(page.records()).isEmpty();
    assertThat(page.nextShardIterator()).isNull();
    assertThat(page.childShards()).hasSize(2);
    assertThat(page.millisBehindLatest()).isZero();
  }

  @Test
  void the_shards_from_a_time_on_are_those_that_can_hold_records_of_it() {
    Instant start = clock.instant();
    clock.go(Duration.ofMinutes(5));
    put("a", "before");
    kinesis.updateShardCount(
        b -> b.streamName("s").targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    Instant split = clock.instant();
    clock.go(Duration.ofMinutes(5));
    Instant later = clock.instant();
    assertThat(from(ShardFilterType.FROM_TIMESTAMP, start)).hasSize(3);
    assertThat(from(ShardFilterType.FROM_TIMESTAMP, split)).hasSize(3);
    assertThat(from(ShardFilterType.FROM_TIMESTAMP, split.plusMillis(1))).hasSize(2);
    assertThat(from(ShardFilterType.AT_TIMESTAMP, start)).containsExactly("shardId-000000000000");
    assertThat(from(ShardFilterType.AT_TIMESTAMP, later))
        .containsExactly("shardId-000000000001", "shardId-000000000002");
  }

  private List<String> from(ShardFilterType type, Instant time) {
    return kinesis
        .listShards(b -> b.streamName("s").shardFilter(f -> f.type(type).timestamp(time)))
        .shards()
        .stream()
        .map(Shard::shardId)
        .toList();
  }
}
