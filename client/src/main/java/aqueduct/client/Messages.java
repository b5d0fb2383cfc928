// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.PackedChunk;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A chunk -> its messages, as values ({@code EnrichedLog.parser()}) or as lines of JSON. */
public final class Messages {
  private Messages() {}

  /** Throws IllegalArgumentException if the chunk holds another type. */
  public static <T extends Message> List<T> of(PackedChunk chunk, Parser<T> parser) {
    List<T> messages = new ArrayList<>();
    chunk.forEach((buffer, from, to) -> messages.add(parse(parser, buffer, from, to)));
    return messages;
  }

  private static <T> T parse(Parser<T> parser, byte[] buffer, int from, int to) {
    try {
      return parser.parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the chunk holds messages of another type", e);
    }
  }

  /** Each message under its canonical names, as {@code ./aqueduct tail} prints it. */
  public static List<String> json(PackedChunk chunk) {
    String type = chunk.header().getMessageType();
    List<String> lines = new ArrayList<>();
    chunk.forEach(
        (buffer, from, to) ->
            lines.add(
                CanonicalJson.write(
                    CanonicalJson.parse(type, Arrays.copyOfRange(buffer, from, to)))));
    return lines;
  }
}
