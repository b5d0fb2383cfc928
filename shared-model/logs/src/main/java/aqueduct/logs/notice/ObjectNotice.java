// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object was created: the news that moves a file through the pipeline.
 *
 * @param bucket its bucket
 * @param key its key as S3 knows it, not encoded; see {@link #keys} for the one shape in doubt
 * @param etag its ETag without quotes, as it was when the notice was written
 * @param size its length in bytes, likewise
 * @param versionId its version, in versioned buckets
 * @param sequencer S3's order of events of this one key: hexadecimal, to be padded on the right
 * @param kind which shape of message brought the news
 */
public record ObjectNotice(
    String bucket,
    String key,
    Optional<String> etag,
    OptionalLong size,
    Optional<String> versionId,
    Optional<String> sequencer,
    Kind kind) {

  // ASCII only: SQS refuses some characters of Unicode which a key may hold.
  private static final ObjectWriter JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  /** The shape that a notice came in. */
  public enum Kind {
    /** A record of an S3 event notification, whose key is form-encoded and has been decoded. */
    S3,
    /**
     * An EventBridge event, or a bare notice made of one: nobody says whether its key is encoded.
     */
    EVENT_BRIDGE,
    /** Our own {@code {"bucket": ..., "key": ...}}, whose key is plain. */
    BARE
  }

  /** A notice of which no more is known than the name. */
  public static ObjectNotice of(String bucket, String key) {
    return new ObjectNotice(
        bucket,
        key,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Kind.BARE);
  }

  /**
   * The keys that may be meant, best first. More than one only for EventBridge: where the first is
   * not found (404), the second, decoded one may be.
   */
  public List<String> keys() {
    if (kind != Kind.EVENT_BRIDGE) {
      return List.of(key);
    }
    return FormKey.decode(key)
        .filter(decoded -> !decoded.equals(key))
        .map(decoded -> List.of(key, decoded))
        .orElseGet(() -> List.of(key));
  }

  /** The same notice about another of its {@link #keys}, of which there is no more doubt. */
  public ObjectNotice withKey(String chosen) {
    return new ObjectNotice(bucket, chosen, etag, size, versionId, sequencer, Kind.BARE);
  }

  /** The bare shape, in one line, which {@link NoticeReader} reads back. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("bucket", bucket).put("key", key);
    etag.ifPresent(value -> json.put("etag", value));
    size.ifPresent(value -> json.put("size", value));
    versionId.ifPresent(value -> json.put("versionId", value));
    sequencer.ifPresent(value -> json.put("sequencer", value));
    if (kind == Kind.EVENT_BRIDGE) {
      json.put("keyMayBeEncoded", true);
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can always be written", e);
    }
  }
}
