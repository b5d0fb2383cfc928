// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Our server with the stream "s" of one shard, a clock that stands, and small files. */
abstract class OnKinesis {
  static final BigInteger HALF = BigInteger.ONE.shiftLeft(127);
  @TempDir Path data;
  final SettableClock clock = new SettableClock();
  KinesisServer server;
  KinesisClient kinesis;

  @BeforeEach
  void start() throws IOException {
    server =
        KinesisServer.start(
            data, KinesisSettings.defaults().withClock(clock).withSegmentBytes(10_000));
    kinesis = KinesisClients.sync(server.endpoint());
    server.ensureStream("s", 1);
  }

  @AfterEach
  void stop() {
    kinesis.close();
    server.close();
  }

  void restart() throws IOException {
    stop();
    start();
  }

  String put(String key, String text) {
    return kinesis
        .putRecord(b -> b.streamName("s").partitionKey(key).data(SdkBytes.fromUtf8String(text)))
        .sequenceNumber();
  }

  PutRecordsResponse putAll(List<String> keys, List<String> texts) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      entries.add(
          PutRecordsRequestEntry.builder()
              .partitionKey(keys.get(i))
              .data(SdkBytes.fromUtf8String(texts.get(i)))
              .build());
    }
    return kinesis.putRecords(b -> b.streamName("s").records(entries));
  }

  List<Shard> shards() {
    return kinesis.listShards(b -> b.streamName("s")).shards();
  }

  String iterator(String shard, ShardIteratorType type, String sequence, Instant time) {
    return kinesis
        .getShardIterator(
            b ->
                b.streamName("s")
                    .shardId(shard)
                    .shardIteratorType(type)
                    .startingSequenceNumber(sequence)
                    .timestamp(time))
        .shardIterator();
  }

  String horizon(String shard) {
    return iterator(shard, ShardIteratorType.TRIM_HORIZON, null, null);
  }

  /**
   * The records of a shard from its horizon on, then of its children, as a reader that follows
   * lineage takes them.
   */
  List<Record> lineage() {
    List<Record> records = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Shard shard : shards())
      if (shard.parentShardId() == null) follow(shard.shardId(), seen, records);
    return records;
  }

  private void follow(String shard, Set<String> seen, List<Record> records) {
    if (!seen.add(shard)) return;
    GetRecordsResponse page = drain(shard, records);
    page.childShards().stream()
        // A merged shard comes after the last of its parents.
        .filter(child -> seen.containsAll(child.parentShards()))
        .forEach(child -> follow(child.shardId(), seen, records));
  }

  GetRecordsResponse drain(String shard, List<Record> into) {
    String next = horizon(shard);
    for (; ; ) {
      String at = next;
      GetRecordsResponse page = kinesis.getRecords(b -> b.shardIterator(at));
      into.addAll(page.records());
      next = page.nextShardIterator();
      if (next == null || (page.records().isEmpty() && page.millisBehindLatest() == 0)) return page;
    }
  }

  List<String> texts() {
    return lineage().stream()
        .map(r -> new String(r.data().asByteArrayUnsafe(), StandardCharsets.UTF_8))
        .toList();
  }
}
