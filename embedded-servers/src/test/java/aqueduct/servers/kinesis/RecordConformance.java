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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What any Kinesis endpoint must do with records: take them, refuse them, give them back. */
abstract class RecordConformance extends FreshStream {
  private static final int MIB = 1 << 20;

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
}
