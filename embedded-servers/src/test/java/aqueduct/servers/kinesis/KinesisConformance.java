// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** What any Kinesis endpoint must do for our readers and writers. */
abstract class KinesisConformance {
  private static final int MIB = 1 << 20;
  private KinesisClient kinesis;
  private String stream;

  abstract KinesisClient client();

  @BeforeEach
  void freshStream() {
    kinesis = client();
    stream = "conformance-" + UUID.randomUUID();
    create(stream, 1);
  }

  @AfterEach
  void removeStream() {
    kinesis.deleteStream(b -> b.streamName(stream));
  }

  private void create(String name, int shards) {
    kinesis.createStream(b -> b.streamName(name).shardCount(shards));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(name));
  }

  private String put(String key, byte[] data) {
    return kinesis
        .putRecord(b -> b.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(data)))
        .sequenceNumber();
  }

  private List<Record> all(String shard) {
    List<Record> records = new ArrayList<>();
    String iterator = iterator(shard, ShardIteratorType.TRIM_HORIZON, null, null);
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page = kinesis.getRecords(b -> b.shardIterator(at));
      records.addAll(page.records());
      iterator = page.nextShardIterator();
      if (page.records().isEmpty() && page.millisBehindLatest() == 0) break;
    }
    return records;
  }

  private String iterator(String shard, ShardIteratorType type, String sequence, Instant time) {
    return kinesis
        .getShardIterator(
            b ->
                b.streamName(stream)
                    .shardId(shard)
                    .shardIteratorType(type)
                    .startingSequenceNumber(sequence)
                    .timestamp(time))
        .shardIterator();
  }

  private List<Record> from(String iterator) {
    return kinesis.getRecords(b -> b.shardIterator(iterator)).records();
  }

  private List<Shard> shards() {
    return kinesis.listShards(b -> b.streamName(stream)).shards();
  }

  private static List<String> ids(List<Shard> shards) {
    return shards.stream().map(Shard::shardId).toList();
  }

  private static PutRecordsRequestEntry entry(String key, byte[] data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .build();
  }

  private String only() {
    return shards().get(0).shardId();
  }

  private static String code(Throwable error) {
    return ((AwsServiceException) error).awsErrorDetails().errorCode();
  }

  @Test
  void bytes_keys_and_order_come_back_as_they_were_put() {
    byte[] every = new byte[256];
    for (int i = 0; i < 256; i++) every[i] = (byte) i;
    String first = put("clé \uD83D\uDE00", every);
    String second = put("k".repeat(256), new byte[0]);

    List<Record> records = all(only());
    assertThat(records)
        .extracting(Record::partitionKey)
        .containsExactly("clé \uD83D\uDE00", "k".repeat(256));
    assertThat(records.get(0).data().asByteArray()).isEqualTo(every);
    assertThat(records.get(1).data().asByteArray()).isEmpty();
    assertThat(records).extracting(Record::sequenceNumber).containsExactly(first, second);
    assertThat(new BigInteger(second)).isGreaterThan(new BigInteger(first));
    assertThat(records.get(0).approximateArrivalTimestamp())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void a_record_goes_to_the_shard_of_its_keys_md5_or_of_its_explicit_hash_key() throws Exception {
    kinesis.deleteStream(b -> b.streamName(stream));
    stream = stream + "-4";
    create(stream, 4);
    for (int i = 0; i < 40; i++) {
      String key = "key-" + i;
      BigInteger hash =
          new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes(UTF_8)));
      String shard =
          kinesis
              .putRecord(
                  b -> b.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(key)))
              .shardId();
      assertThat(shard).isEqualTo(shardOf(hash));
    }
    BigInteger last = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    for (BigInteger hash : List.of(BigInteger.ZERO, last)) {
      String shard =
          kinesis
              .putRecord(
                  b ->
                      b.streamName(stream)
                          .partitionKey("x")
                          .explicitHashKey(hash.toString())
                          .data(SdkBytes.fromUtf8String("x")))
              .shardId();
      assertThat(shard).isEqualTo(shardOf(hash));
    }
  }

  private String shardOf(BigInteger hash) {
    return shards().stream()
        .filter(s -> new BigInteger(s.hashKeyRange().startingHashKey()).compareTo(hash) <= 0)
        .filter(s -> new BigInteger(s.hashKeyRange().endingHashKey()).compareTo(hash) >= 0)
        .findFirst()
        .orElseThrow()
        .shardId();
  }

  @Test
  void a_request_takes_500_records_and_no_more() {
    List<PutRecordsRequestEntry> most =
        IntStream.range(0, 500).mapToObj(i -> entry("k", ("" + i).getBytes(UTF_8))).toList();
    assertThat(kinesis.putRecords(b -> b.streamName(stream).records(most)).failedRecordCount())
        .isZero();
    assertThat(all(only()).stream().map(r -> r.data().asUtf8String()))
        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "" + i).toList());

    List<PutRecordsRequestEntry> more = new ArrayList<>(most);
    more.add(entry("k", new byte[1]));
    assertThatThrownBy(() -> kinesis.putRecords(b -> b.streamName(stream).records(more)))
        .satisfies(
            e -> assertThat(code(e)).isIn("ValidationException", "InvalidArgumentException"));
  }

  @Test
  void a_record_is_at_most_1_MiB_with_its_key() {
    put("k", new byte[MIB - 1]);
    assertThatThrownBy(() -> put("kk", new byte[MIB - 1]))
        .satisfies(
            e -> assertThat(code(e)).isIn("ValidationException", "InvalidArgumentException"));
    assertThatThrownBy(() -> put("k".repeat(257), new byte[1]))
        .satisfies(
            e -> assertThat(code(e)).isIn("ValidationException", "InvalidArgumentException"));
    assertThat(all(only())).hasSize(1);
  }

  @Test
  void a_request_is_at_most_10_MiB_and_refused_whole() {
    List<PutRecordsRequestEntry> most =
        IntStream.range(0, 10).mapToObj(i -> entry("k", new byte[MIB - 1])).toList();
    assertThat(kinesis.putRecords(b -> b.streamName(stream).records(most)).failedRecordCount())
        .isZero();
    List<PutRecordsRequestEntry> more = new ArrayList<>(most);
    more.add(entry("k", new byte[1]));
    assertThatThrownBy(() -> kinesis.putRecords(b -> b.streamName(stream).records(more)))
        .satisfies(
            e -> assertThat(code(e)).isIn("ValidationException", "InvalidArgumentException"));
    assertThat(all(only())).hasSize(10);
  }

  @Test
  void the_five_iterators_begin_where_they_say() {
    List<String> sequences =
        IntStream.range(0, 5).mapToObj(i -> put("k", new byte[] {(byte) i})).toList();
    String latest = iterator(only(), ShardIteratorType.LATEST, null, null);
    String later = put("k", new byte[] {9});

    assertThat(from(iterator(only(), ShardIteratorType.TRIM_HORIZON, null, null))).hasSize(6);
    assertThat(
            from(iterator(only(), ShardIteratorType.AT_SEQUENCE_NUMBER, sequences.get(2), null))
                .get(0))
        .extracting(Record::sequenceNumber)
        .isEqualTo(sequences.get(2));
    assertThat(
            from(iterator(only(), ShardIteratorType.AFTER_SEQUENCE_NUMBER, sequences.get(2), null))
                .get(0))
        .extracting(Record::sequenceNumber)
        .isEqualTo(sequences.get(3));
    assertThat(from(latest)).extracting(Record::sequenceNumber).containsExactly(later);
    assertThat(from(iterator(only(), ShardIteratorType.AT_TIMESTAMP, null, Instant.EPOCH)))
        .hasSize(6);
  }

  @Test
  void an_iterator_at_a_time_begins_at_the_first_record_of_that_time_or_later() {
    for (int i = 0; i < 30; i++) put("k", new byte[] {(byte) i});
    List<Record> records = all(only());
    for (Record record : records) {
      Instant time = record.approximateArrivalTimestamp();
      List<String> expected =
          records.stream()
              .filter(r -> !r.approximateArrivalTimestamp().isBefore(time))
              .map(Record::sequenceNumber)
              .toList();
      assertThat(from(iterator(only(), ShardIteratorType.AT_TIMESTAMP, null, time)))
          .extracting(Record::sequenceNumber)
          .isEqualTo(expected);
    }
  }

  @Test
  void an_answer_ends_at_its_limit_or_at_10_MiB_and_the_next_goes_on_there() {
    for (int i = 0; i < 25; i++) put("k", new byte[MIB / 2]);
    String start = iterator(only(), ShardIteratorType.TRIM_HORIZON, null, null);
    GetRecordsResponse three = kinesis.getRecords(b -> b.shardIterator(start).limit(3));
    assertThat(three.records()).hasSize(3);
    assertThat(three.millisBehindLatest()).isPositive();
    GetRecordsResponse large = kinesis.getRecords(b -> b.shardIterator(start));
    assertThat(large.records()).hasSizeBetween(18, 20);
    GetRecordsResponse rest = kinesis.getRecords(b -> b.shardIterator(large.nextShardIterator()));
    assertThat(large.records().size() + rest.records().size()).isEqualTo(25);
    assertThat(rest.millisBehindLatest()).isZero();
    assertThat(from(rest.nextShardIterator())).isEmpty();
  }

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
