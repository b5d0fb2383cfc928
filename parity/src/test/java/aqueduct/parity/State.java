// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Unpacker;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.Notices;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * All that an element leaves behind, in a form in which equal means equal: bytes of chunks,
 * rejections as text, objects, messages, the ledger without times and names of workers.
 *
 * @param things by pipe, bucket or table, sorted
 */
record State(Map<String, List<String>> things) {

  static State of(World world) {
    Map<String, List<String>> things = new TreeMap<>();
    world
        .topology
        .pipes()
        .forEach(
            (name, pipe) -> {
              switch (pipe.kind()) {
                case KINESIS -> things.put(name, stream(world, name));
                case SQS -> {
                  things.put(name, queue(world, name));
                  things.put(pipe.deadLetter(), queue(world, pipe.deadLetter()));
                }
                default -> {} // a call: nothing is left of it
              }
            });
    world
        .topology
        .buckets()
        .values()
        .forEach(b -> things.put("s3:" + b.name(), bucket(world, b.name())));
    things.put("file-ledger", ledger(world));
    things.values().forEach(list -> list.sort(null));
    return new State(things);
  }

  State with(String thing, List<String> what) {
    Map<String, List<String>> more = new TreeMap<>(things);
    more.put(thing, what);
    return new State(more);
  }

  List<String> of(String thing) {
    return things.get(thing);
  }

  static List<Record> records(World world, String stream) {
    return shards(world, stream).stream().flatMap(List::stream).toList();
  }

  /** The records of each shard. */
  static List<List<Record>> shards(World world, String stream) {
    return world.kinesis.listShards(r -> r.streamName(stream)).shards().stream()
        .map(
            shard ->
                world
                    .kinesis
                    .getShardIterator(
                        r ->
                            r.streamName(stream)
                                .shardId(shard.shardId())
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator())
        .map(iterator -> world.kinesis.getRecords(r -> r.shardIterator(iterator)).records())
        .toList();
  }

  private static List<String> stream(World world, String stream) {
    List<String> contents = new ArrayList<>();
    for (Record record : records(world, stream)) {
      byte[] data = record.data().asByteArray();
      if (stream.equals("rejected-logs")) contents.addAll(rejections(data));
      else contents.add(chunk(record.partitionKey(), data));
    }
    return contents;
  }

  static String chunk(PackedRecord record) {
    return chunk(record.partitionKey(), record.data());
  }

  private static String chunk(String key, byte[] data) {
    return key + " " + HexFormat.of().formatHex(digest(data));
  }

  private static byte[] digest(byte[] data) {
    try {
      return java.security.MessageDigest.getInstance("SHA-256").digest(data);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Which rejections share a record depends on how input is cut into batches, and means nothing.
   */
  private static List<String> rejections(byte[] record) {
    List<String> texts = new ArrayList<>();
    try {
      new Unpacker("Rejection")
          .unpack(record)
          .forEach((buffer, from, to) -> texts.add(rejection(buffer, from, to)));
    } catch (CorruptRecordException e) {
      return List.of(HexFormat.of().formatHex(record));
    }
    return texts;
  }

  private static String rejection(byte[] buffer, int from, int to) {
    try {
      return Rejection.parser().parseFrom(buffer, from, to - from).toString();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes the messages out: a state is looked at when all is over. */
  private static List<String> queue(World world, String queue) {
    List<String> bodies = new ArrayList<>();
    String url = world.queueUrl(queue);
    while (true) {
      List<Message> messages =
          world.sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) return bodies;
      messages.forEach(
          message -> {
            bodies.add(body(message.body()));
            world.sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
          });
    }
  }

  private static String body(String body) {
    return NoticeReader.read(body.getBytes(StandardCharsets.UTF_8)) instanceof Notices.Objects found
        ? found.objects().stream().map(o -> o.bucket() + "/" + o.key()).toList().toString()
        : body;
  }

  private static List<String> bucket(World world, String bucket) {
    List<String> objects = new ArrayList<>();
    world
        .s3
        .listObjectsV2(r -> r.bucket(bucket))
        .contents()
        .forEach(object -> objects.add(object.key() + " " + object.size()));
    return objects;
  }

  /** CLAIMED or DONE; empty for a file that the ledger does not know. */
  static String ledgerState(World world, String key) {
    return world.dynamo.scan(r -> r.tableName("file-ledger")).items().stream()
        .filter(item -> item.get("file_key").s().equals(key))
        .map(item -> item.get("file_state").s())
        .findFirst()
        .orElse("");
  }

  private static List<String> ledger(World world) {
    List<String> rows = new ArrayList<>();
    try {
      for (Map<String, AttributeValue> item :
          world.dynamo.scan(r -> r.tableName("file-ledger")).items()) {
        rows.add(
            item.get("file_key").s()
                + " "
                + item.get("file_state").s()
                + " "
                + item.getOrDefault("summary", AttributeValue.fromS("")));
      }
    } catch (ResourceNotFoundException e) {
      return rows; // this element keeps none
    }
    return rows;
  }
}
