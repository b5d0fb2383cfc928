// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import aqueduct.servers.s3.awssdk.StoredObject;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** A new object -> the notification that S3 sends of it (event version 2.5), as JSON. */
final class Notification {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Notification() {}

  static String of(String region, String bucket, String event, StoredObject object) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode record = root.putArray("Records").addObject();
    record.put("eventVersion", "2.5").put("eventSource", "aws:s3").put("awsRegion", region);
    record
        .put("eventTime", object.lastModified().toString())
        .put("eventName", "ObjectCreated:" + event);
    record.putObject("userIdentity").put("principalId", "LOCAL");
    record.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    record.putObject("responseElements").put("x-amz-request-id", id()).put("x-amz-id-2", id());
    ObjectNode s3 = record.putObject("s3");
    s3.put("s3SchemaVersion", "1.0").put("configurationId", "aqueduct");
    ObjectNode place = s3.putObject("bucket").put("name", bucket);
    place.putObject("ownerIdentity").put("principalId", "LOCAL");
    place.put("arn", "arn:aws:s3:::" + bucket);
    s3.putObject("object")
        .put("key", encoded(object.key()))
        .put("size", object.size())
        .put("eTag", object.digest())
        .put("sequencer", object.sequencer());
    return root.toString();
  }

  /** What S3 sends when a bucket begins to notify a queue. */
  static String test(String bucket, Instant time) {
    return JSON.createObjectNode()
        .put("Service", "Amazon S3")
        .put("Event", "s3:TestEvent")
        .put("Time", time.toString())
        .put("Bucket", bucket)
        .put("RequestId", id())
        .put("HostId", id())
        .toString();
  }

  /** As a form is encoded, but for the slash. */
  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  private static String id() {
    return HexFormat.of().withUpperCase().toHexDigits(UUID.randomUUID().getMostSignificantBits());
  }
}
