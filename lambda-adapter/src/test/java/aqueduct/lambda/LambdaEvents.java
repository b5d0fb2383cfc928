// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages and records -> the events that Lambda makes of them, in the form of its documentation.
 */
public final class LambdaEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LambdaEvents() {}

  /** A message of a queue. */
  public record QueueMessage(String id, String body, int receives) {}

  /** A record of a shard. */
  public record StreamRecord(String sequenceNumber, String partitionKey, byte[] data) {}

  public static byte[] sqs(List<QueueMessage> messages) {
    return sqs("queue", messages);
  }

  public static byte[] sqs(String queue, List<QueueMessage> messages) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    for (QueueMessage message : messages) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.id());
      record.put("receiptHandle", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a");
      record.put("body", message.body());
      record
          .putObject("attributes")
          .put("ApproximateReceiveCount", Integer.toString(message.receives()))
          .put("SentTimestamp", "1545082649183")
          .put("SenderId", "AIDAIENQZJOLO23YVJ4VO")
          .put("ApproximateFirstReceiveTimestamp", "1545082649185");
      record.putObject("messageAttributes");
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", "arn:aws:sqs:eu-west-1:000000000000:" + queue);
      record.put("awsRegion", "eu-west-1");
    }
    return bytes(event);
  }

  public static byte[] kinesis(String shard, List<StreamRecord> stream) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    for (StreamRecord source : stream) {
      ObjectNode record = records.addObject();
      record
          .putObject("kinesis")
          .put("kinesisSchemaVersion", "1.0")
          .put("partitionKey", source.partitionKey())
          .put("sequenceNumber", source.sequenceNumber())
          .put("data", source.data())
          .put("approximateArrivalTimestamp", 1545084650.987);
      record.put("eventSource", "aws:kinesis");
      record.put("eventVersion", "1.0");
      record.put("eventID", shard + ":" + source.sequenceNumber());
      record.put("eventName", "aws:kinesis:record");
      record.put("invokeIdentityArn", "arn:aws:iam::000000000000:role/element");
      record.put("awsRegion", "eu-west-1");
      record.put("eventSourceARN", "arn:aws:kinesis:eu-west-1:000000000000:stream/stream");
    }
    return bytes(event);
  }

  /** The ids that an answer asks to bring again. */
  public static List<String> failed(String answer) {
    try {
      List<String> ids = new ArrayList<>();
      JSON.readTree(answer)
          .path("batchItemFailures")
          .forEach(item -> ids.add(item.path("itemIdentifier").asText()));
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode event) {
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
