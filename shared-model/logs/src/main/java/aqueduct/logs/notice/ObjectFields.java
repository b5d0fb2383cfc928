// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import aqueduct.logs.notice.ObjectNotice.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of one object in any shape of message -> ObjectNotice. */
final class ObjectFields {
  private static final int LONGEST_KEY = 1024; // bytes; S3's own limit

  private final String bucket;
  private final JsonNode object;
  private final Kind kind;

  ObjectFields(JsonNode bucketName, JsonNode object, Kind kind) throws UnreadableNotice {
    this.bucket = text(bucketName).orElseThrow(() -> new UnreadableNotice("it names no bucket"));
    this.object = object;
    this.kind = kind;
  }

  /** The notice; the given names are those which this shape has for the ETag and the version. */
  ObjectNotice notice(String etagField, String versionField) throws UnreadableNotice {
    return new ObjectNotice(
        bucket,
        key(),
        text(object.path(etagField)).map(ObjectFields::unquoted).filter(etag -> !etag.isEmpty()),
        size(object.path("size")),
        text(object.path(versionField)),
        text(object.path("sequencer")),
        kind);
  }

  private String key() throws UnreadableNotice {
    String written =
        text(object.path("key")).orElseThrow(() -> new UnreadableNotice("it names no key"));
    String key =
        kind != Kind.S3
            ? written
            : FormKey.decode(written)
                .orElseThrow(
                    () -> new UnreadableNotice("its key is not form-encoded as S3 writes keys"));
    try {
      int bytes = FormKey.utf8(key).length;
      // The encoded candidate of EventBridge may be up to three times as long as the key it means.
      if (bytes > (kind == Kind.EVENT_BRIDGE ? 3 : 1) * LONGEST_KEY) {
        throw new UnreadableNotice("its key has " + bytes + " bytes; S3 allows " + LONGEST_KEY);
      }
    } catch (CharacterCodingException e) {
      throw new UnreadableNotice("its key is not Unicode text");
    }
    return key;
  }

  /** The text of the field; absent when it is missing, empty or no text. */
  static Optional<String> text(JsonNode field) {
    return field.isTextual()
        ? Optional.of(field.textValue()).filter(t -> !t.isEmpty())
        : Optional.empty();
  }

  private static OptionalLong size(JsonNode field) {
    return field.isIntegralNumber() && field.canConvertToLong() && field.longValue() >= 0
        ? OptionalLong.of(field.longValue())
        : OptionalLong.empty();
  }

  private static String unquoted(String etag) {
    boolean quoted = etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"");
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }
}
