// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operations on records. */
final class RecordCalls {
  private static final int MOST_RECORDS = 500;
  private static final int MOST_BYTES = 10 << 20;
  private static final int MOST_READ = 10_000;
  private final DataStreams streams;
  private volatile Gate gate;

  RecordCalls(DataStreams streams, Throttling throttling) {
    this.streams = streams;
    this.gate = new Gate(throttling);
  }

  void throttle(Throttling throttling) {
    gate = new Gate(throttling);
  }

  void register(Map<String, Call> calls) {
    calls.put("PutRecord", this::putOne);
    calls.put("PutRecords", this::put);
    calls.put("GetShardIterator", this::iterator);
    calls.put("GetRecords", this::get);
  }

  private void putOne(Question q, Answer a) throws IOException {
    DataStream stream = streams.get(q.streamName());
    DataStream.Put put = stream.put(List.of(entry(q, stream.info())), gate).get(0);
    if (put instanceof DataStream.Put.Refused refused) throw refused.reason();
    write(put, a);
    a.text("EncryptionType", "NONE");
  }

  private void put(Question q, Answer a) throws IOException {
    DataStream stream = streams.get(q.streamName());
    List<DataStream.Put> puts = stream.put(entries(q, stream.info()), gate);
    long failed = puts.stream().filter(DataStream.Put.Refused.class::isInstance).count();
    a.number("FailedRecordCount", failed).array("Records");
    for (DataStream.Put put : puts) {
      write(put, a.object());
      a.end();
    }
    a.endArray().text("EncryptionType", "NONE");
  }

  private static List<Entry> entries(Question q, StreamInfo stream) {
    JsonNode records = q.body().path("Records");
    if (records.isEmpty() || records.size() > MOST_RECORDS) {
      throw KinesisError.validation("records", "Member must have length from 1 to " + MOST_RECORDS);
    }
    List<Entry> entries = new ArrayList<>(records.size());
    long bytes = 0;
    for (JsonNode record : records) {
      Entry entry = entry(new Question(record, q.cbor()), stream);
      bytes += entry.size();
      entries.add(entry);
    }
    if (bytes > MOST_BYTES) {
      throw KinesisError.invalidArgument(
          "Records size "
              + bytes
              + " bytes exceeds the limit of "
              + MOST_BYTES
              + " bytes of a PutRecords request.");
    }
    return entries;
  }

  private static Entry entry(Question q, StreamInfo stream) {
    String key = q.requiredText("PartitionKey");
    if (key.isEmpty() || key.length() > 256) {
      throw KinesisError.validation("partitionKey", "Member must have length from 1 to 256");
    }
    String explicit = q.text("ExplicitHashKey");
    BigInteger hash =
        explicit == null ? HashRange.keyOf(key) : ShardCalls.hashKey(explicit, "explicitHashKey");
    Entry entry = new Entry(key, hash, q.bytes("Data"));
    if (entry.size() > stream.maxRecordKiB() << 10) {
      throw KinesisError.invalidArgument(
          "A record of "
              + entry.size()
              + " bytes (data and partition key) exceeds the maximum record size of stream "
              + stream.name()
              + ": "
              + (stream.maxRecordKiB() << 10)
              + " bytes.");
    }
    return entry;
  }

  private static void write(DataStream.Put put, Answer a) throws IOException {
    if (put instanceof DataStream.Put.Stored stored) {
      a.text("ShardId", stored.shard())
          .text("SequenceNumber", SequenceNumber.text(stored.sequence()));
    } else if (put instanceof DataStream.Put.Refused refused) {
      a.text("ErrorCode", refused.reason().code())
          .text("ErrorMessage", refused.reason().getMessage());
    }
  }

  private void iterator(Question q, Answer a) throws IOException {
    DataStream stream = streams.get(q.streamName());
    StreamInfo info = stream.info();
    ShardInfo shard = info.shard(q.requiredText("ShardId"));
    long from =
        switch (q.requiredText("ShardIteratorType")) {
          case "TRIM_HORIZON" -> 0;
          case "LATEST" -> stream.log(shard.id()).last() + 1;
          case "AT_SEQUENCE_NUMBER" -> sequence(q, shard);
          case "AFTER_SEQUENCE_NUMBER" -> sequence(q, shard) + 1;
          case "AT_TIMESTAMP" -> atTimestamp(q);
          default ->
              throw KinesisError.validation(
                  "shardIteratorType", "Member must be a type of shard iterator");
        };
    long now = streams.clock().millis();
    a.text(
        "ShardIterator",
        new ShardIterator(info.name(), info.created(), shard.id(), from, now).text());
  }

  private static long sequence(Question q, ShardInfo shard) {
    String text = q.text("StartingSequenceNumber");
    if (text == null)
      throw KinesisError.invalidArgument("StartingSequenceNumber must be given for this type.");
    long sequence = SequenceNumber.parse(text);
    Long end = shard.end();
    if (sequence < shard.start() || (end != null && sequence > end)) {
      throw KinesisError.invalidArgument(
          "StartingSequenceNumber "
              + text
              + " used in GetShardIterator on shard "
              + shard.id()
              + " is invalid because it did not come from this shard.");
    }
    return sequence;
  }

  private long atTimestamp(Question q) {
    Long millis = q.millis("Timestamp");
    if (millis == null)
      throw KinesisError.invalidArgument("Timestamp must be given for AT_TIMESTAMP.");
    if (millis > streams.clock().millis()) {
      throw KinesisError.invalidArgument(
          "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: "
              + millis
              + ", currentTimestampInMillis: "
              + streams.clock().millis());
    }
    return SequenceNumber.firstAt(millis);
  }

  private void get(Question q, Answer a) throws IOException {
    long now = streams.clock().millis();
    int most = q.number("Limit", MOST_READ, 1, MOST_READ);
    ShardIterator iterator = ShardIterator.parse(q.requiredText("ShardIterator"), now);
    DataStream stream = streams.get(iterator.stream());
    StreamInfo info = stream.info();
    if (info.created() != iterator.created())
      throw KinesisError.notFound("The stream of this iterator was deleted.");
    // Whether the shard is closed must be known before reading: what is closed then has no more to
    // come.
    ShardInfo shard = info.shard(iterator.shard());
    ShardLog log = stream.log(shard.id());
    if (!gate.admitsRead(stream.rate(shard.id()), now))
      throw KinesisError.throttled(shard.id(), info.name());

    Page page = new Page(most, MOST_BYTES, a);
    long from = Math.max(iterator.from(), SequenceNumber.firstAt(info.horizon(now)));
    a.array("Records");
    long rest = log.read(from, page);
    a.endArray();
    stream.rate(shard.id()).given(page.bytes(), now);
    if (shard.isOpen() || rest >= 0) {
      long next = rest >= 0 ? rest : Math.max(from, page.last() + 1);
      a.text("NextShardIterator", iterator.at(next, now).text());
    } else {
      ShardCalls.writeChildren(stream.info(), shard, a);
    }
    a.number("MillisBehindLatest", rest < 0 ? 0 : Math.max(1, now - SequenceNumber.arrival(rest)));
  }
}
