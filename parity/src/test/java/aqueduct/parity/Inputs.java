// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.logs.PackedRecord;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;

/** Puts things where elements find them. */
final class Inputs {
  private Inputs() {}

  static void object(World world, String bucket, String key, byte[] content) {
    world.s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  static void send(World world, String queue, String... bodies) {
    String url = world.queueUrl(queue);
    for (String body : bodies) world.sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
  }

  static void record(World world, String stream, String key, byte[] data) {
    world.kinesis.putRecord(
        r -> r.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(data)));
  }

  static void record(World world, String stream, PackedRecord record) {
    record(world, stream, record.partitionKey(), record.data());
  }

  /** S3's own notification. */
  static String event(String bucket, String key) {
    return """
    {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"2026-03-01T10:00:00.000Z",\
    "s3":{"bucket":{"name":"%s"},"object":{"key":"%s"}}}]}\
    """
        .formatted(bucket, key);
  }
}
