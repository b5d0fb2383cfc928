// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import static aqueduct.logs.notice.ObjectFields.text;

import aqueduct.logs.notice.ObjectNotice.Kind;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a message -> {@link Notices}. Knows the S3 event notification of any version 2.x (one
 * or several records), {@code s3:TestEvent}, the same inside an SNS envelope, EventBridge's events
 * of S3, and our bare {@code {"bucket": ..., "key": ...}}. Never throws; a message is understood as
 * a whole or not at all, because it is acknowledged as a whole. Thread-safe.
 *
 * <p>Jackson 2 (com.fasterxml), although Spring Boot 4 prefers Jackson 3: this jar is also on the
 * classpath of Spark, which brings Jackson 2, and one line of Jackson is enough for both.
 */
public final class NoticeReader {
  /** The senders that AWS names: event notifications, and EventBridge. */
  public static final Set<String> AWS = Set.of("aws:s3", "aws.s3");

  private static final int LARGEST_MESSAGE = 256 * 1024; // bytes
  private static final int DEEPEST_NESTING = 32; // a notification needs 6
  private static final int MOST_ENVELOPES = 2; // EventBridge -> SNS -> SQS needs 1

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Field names come from strangers: remember none of them.
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST_NESTING)
                          .maxStringLength(LARGEST_MESSAGE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final Set<String> senders;

  private NoticeReader(Set<String> senders) {
    this.senders = senders;
  }

  /** Reads a message that AWS sent, or one of ours. */
  public static Notices read(byte[] body) {
    return read(body, AWS);
  }

  /**
   * Reads a message of one of these senders: values of {@code eventSource} in notifications ({@code
   * minio:s3} of a MinIO, {@code ceph:s3} of a Ceph) and of {@code source} in EventBridge's events.
   */
  public static Notices read(byte[] body, Set<String> senders) {
    try {
      return new NoticeReader(senders).open(body, 0);
    } catch (UnreadableNotice e) {
      return new Notices.Unreadable(e.reason());
    }
  }

  private Notices open(byte[] body, int envelopes) throws UnreadableNotice {
    JsonNode message = parse(body);
    if (message.has("Records")) {
      return s3Records(message.get("Records"));
    }
    if (message.has("detail-type")) {
      return eventBridge(message);
    }
    if (message.path("Message").isTextual()) {
      if (envelopes == MOST_ENVELOPES) {
        throw new UnreadableNotice("it is wrapped more than " + MOST_ENVELOPES + " times");
      }
      byte[] inner = message.get("Message").textValue().getBytes(StandardCharsets.UTF_8);
      return open(inner, envelopes + 1);
    }
    if (message.path("Event").asText().equals("s3:TestEvent")) {
      return new Notices.Ignored("s3:TestEvent");
    }
    if (message.has("bucket") && message.has("key")) {
      return bare(message);
    }
    throw new UnreadableNotice(
        "it is neither an S3 event notification (Records), nor of SNS (Message), nor of EventBridge"
            + " (detail-type), nor a bare notice (bucket, key)");
  }

  private static JsonNode parse(byte[] body) throws UnreadableNotice {
    if (body.length > LARGEST_MESSAGE) {
      throw new UnreadableNotice(
          "it has " + body.length + " bytes; at most " + LARGEST_MESSAGE + " are read");
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new UnreadableNotice("it is not JSON, or nested too deep, " + place(e));
    } catch (IOException e) {
      throw new UnreadableNotice("it is not text in UTF-8");
    }
  }

  /** Where parsing stopped; Jackson's own message would quote the body. */
  private static String place(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> "at line " + at.getLineNr() + ", column " + at.getColumnNr())
        .orElse("at an unknown place");
  }

  private Notices s3Records(JsonNode records) throws UnreadableNotice {
    if (!records.isArray()) {
      throw new UnreadableNotice("its Records are not a list");
    }
    List<ObjectNotice> objects = new ArrayList<>();
    String last = "no records";
    for (JsonNode record : records) {
      last = eventName(record);
      if (last.startsWith("ObjectCreated:")) {
        JsonNode s3 = record.path("s3");
        JsonNode bucket = s3.path("bucket").path("name");
        objects.add(
            new ObjectFields(bucket, s3.path("object"), Kind.S3).notice("eTag", "versionId"));
      }
    }
    return objects.isEmpty()
        ? new Notices.Ignored(last)
        : new Notices.Objects(objects, records.size() - objects.size());
  }

  /** The event's name, of a record that is S3's and of a version that we understand. */
  private String eventName(JsonNode record) throws UnreadableNotice {
    expectSource(record.path("eventSource"), "eventSource");
    String version = text(record.path("eventVersion")).orElse("");
    if (!version.startsWith("2.")) {
      throw new UnreadableNotice("its eventVersion is '" + printable(version) + "', not 2.x");
    }
    String name =
        text(record.path("eventName"))
            .orElseThrow(() -> new UnreadableNotice("its record has no eventName"));
    return printable(name.startsWith("s3:") ? name.substring(3) : name);
  }

  private Notices eventBridge(JsonNode event) throws UnreadableNotice {
    expectSource(event.path("source"), "source");
    String type = text(event.path("detail-type")).orElse("");
    if (!type.equals("Object Created")) {
      return new Notices.Ignored(printable(type));
    }
    JsonNode detail = event.path("detail");
    ObjectFields fields =
        new ObjectFields(
            detail.path("bucket").path("name"), detail.path("object"), Kind.EVENT_BRIDGE);
    return new Notices.Objects(List.of(fields.notice("etag", "version-id")), 0);
  }

  private static Notices bare(JsonNode message) throws UnreadableNotice {
    Kind kind = message.path("keyMayBeEncoded").asBoolean() ? Kind.EVENT_BRIDGE : Kind.BARE;
    ObjectFields fields = new ObjectFields(message.path("bucket"), message, kind);
    return new Notices.Objects(List.of(fields.notice("etag", "versionId")), 0);
  }

  private void expectSource(JsonNode field, String name) throws UnreadableNotice {
    String source = text(field).orElse("");
    if (!senders.contains(source)) {
      throw new UnreadableNotice(
          "its " + name + " is '" + printable(source) + "', not of " + senders);
    }
  }

  /** At most 64 plain characters: what a stranger wrote may reach a log. */
  private static String printable(String text) {
    String cut = text.length() > 64 ? text.substring(0, 64) + "..." : text;
    return cut.replaceAll("[^\\x20-\\x7e]", "?").strip();
  }
}
