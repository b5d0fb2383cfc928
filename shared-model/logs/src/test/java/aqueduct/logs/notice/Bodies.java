// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import java.nio.charset.StandardCharsets;

/** Messages as their senders write them. */
final class Bodies {
  private Bodies() {}

  /** A notification with these records. */
  static String s3(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  static String record(String event, String bucket, String key) {
    return record("2.5", event, bucket, key);
  }

  static String record(String version, String event, String bucket, String key) {
    return """
        {"eventVersion":"%s","eventSource":"aws:s3","awsRegion":"eu-west-1",
         "eventTime":"2026-11-23T10:00:00.000Z","eventName":"%s",
         "userIdentity":{"principalId":"P"},"requestParameters":{"sourceIPAddress":"192.0.2.1"},
         "responseElements":{"x-amz-request-id":"R","x-amz-id-2":"I"},
         "s3":{"s3SchemaVersion":"1.0","configurationId":"c",
           "bucket":{"name":"%s","ownerIdentity":{"principalId":"O"},"arn":"arn:aws:s3:::x"},
           "object":{"key":"%s","size":1234,"eTag":"0123456789abcdef0123456789abcdef",
             "versionId":"v7","sequencer":"0055AED6DCD90281E5"}}}"""
        .formatted(version, event, bucket, key);
  }

  static String testEvent() {
    return """
        {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-23T10:00:00.000Z",
         "Bucket":"ingest","RequestId":"R","HostId":"H"}""";
  }

  static String sns(String message) {
    return """
        {"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:123456789012:t",
         "Subject":"Amazon S3 Notification","Message":"%s","Timestamp":"2026-11-23T10:00:00.000Z"}"""
        .formatted(message.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
  }

  static String eventBridge(String type, String bucket, String key) {
    return """
        {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"%s",
         "source":"aws.s3","account":"123456789012","time":"2026-11-23T10:00:00Z",
         "region":"eu-west-1","resources":["arn:aws:s3:::x"],
         "detail":{"version":"0","event-version":"2.4","bucket":{"name":"%s"},
           "object":{"key":"%s","size":5,"etag":"b1946ac92492d2347c6235b4d2611184",
             "version-id":"v1","sequencer":"617f08299329d189"},
           "request-id":"N","requester":"123456789012","source-ip-address":"192.0.2.3",
           "reason":"PutObject"}}"""
        .formatted(type, bucket, key);
  }

  static Notices read(String body) {
    return NoticeReader.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
