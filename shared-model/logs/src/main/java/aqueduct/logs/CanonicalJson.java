// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.Map;

/**
 * Wire messages -> the JSON that people and other systems are shown: one line, fields under their
 * canonical dotted names, nested by the dots ({@code event.time} is {@code
 * {"event":{"time":...}}}).
 *
 * <ul>
 *   <li>Absent fields are left out; a bool that cannot be absent is shown.
 *   <li>{@code event.time} is ISO 8601 with microseconds; other numbers are JSON numbers.
 *   <li>fixed64 identifiers are 16 hex digits; maps are objects, ordered by key.
 *   <li>bytes are a string if they are UTF-8, else base64 under the name with {@code _base64}.
 *   <li>Control, format (bidi, zero-width) and line separator characters are escaped, so that the
 *       text is safe on a terminal and one line everywhere.
 * </ul>
 */
public final class CanonicalJson {
  private static final Map<String, Parser<? extends Message>> PARSERS =
      Map.of(
          "RawLog", RawLog.parser(),
          "EnrichedLog", EnrichedLog.parser(),
          "Rejection", Rejection.parser(),
          "ChunkHeader", ChunkHeader.parser());

  private CanonicalJson() {}

  /** The message as one line of JSON, without a line end. */
  public static String write(Message message) {
    StringBuilder json = new StringBuilder(1024);
    CanonicalShape.of(message.getDescriptorForType()).write(message, json);
    return json.toString();
  }

  /** As {@link #write}, but a bool is shown only where it is true: what the message says alone. */
  public static String writeSet(Message message) {
    StringBuilder json = new StringBuilder(256);
    CanonicalShape.of(message.getDescriptorForType()).writeSet(message, json);
    return json.toString();
  }

  /** Whether the JSON of an enriched event may have that dotted name: see {@link #write}. */
  public static boolean isOfEvents(String name) {
    return CanonicalShape.of(EnrichedLog.getDescriptor()).has(name);
  }

  /**
   * The message that {@code bytes} hold. Throws IllegalArgumentException for another type than a
   * ChunkHeader can name, or for bytes that are not such a message.
   */
  public static Message parse(String messageType, byte[] bytes) {
    Parser<? extends Message> parser = PARSERS.get(messageType);
    if (parser == null) {
      throw new IllegalArgumentException(
          "unknown message type '" + messageType + "': known are " + PARSERS.keySet());
    }
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a " + messageType + ": " + e.getMessage(), e);
    }
  }
}
