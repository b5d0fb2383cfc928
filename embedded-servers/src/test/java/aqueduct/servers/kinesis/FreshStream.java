// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A stream of one shard for each test, on any Kinesis endpoint, and short ways to use it. */
abstract class FreshStream {
  KinesisClient kinesis;
  String stream;

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

  void create(String name, int shards) {
    kinesis.createStream(b -> b.streamName(name).shardCount(shards));
    kinesis.waiter().waitUntilStreamExists(b -> b.streamName(name));
  }

  String put(String key, byte[] data) {
    return kinesis
        .putRecord(b -> b.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(data)))
        .sequenceNumber();
  }

  List<Record> all(String shard) {
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

  String iterator(String shard, ShardIteratorType type, String sequence, Instant time) {
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

  List<Record> from(String iterator) {
    return kinesis.getRecords(b -> b.shardIterator(iterator)).records();
  }

  List<Shard> shards() {
    return kinesis.listShards(b -> b.streamName(stream)).shards();
  }

  static List<String> ids(List<Shard> shards) {
    return shards.stream().map(Shard::shardId).toList();
  }

  static PutRecordsRequestEntry entry(String key, byte[] data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromByteArray(data))
        .build();
  }

  String only() {
    return shards().get(0).shardId();
  }

  static String code(Throwable error) {
    return ((AwsServiceException) error).awsErrorDetails().errorCode();
  }
}
