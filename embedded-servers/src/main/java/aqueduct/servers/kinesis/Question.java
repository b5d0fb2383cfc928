// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's body, JSON or CBOR alike. */
record Question(JsonNode body, boolean cbor) {

  @Nullable String text(String name) {
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }

  String requiredText(String name) {
    String text = text(name);
    if (text == null) throw KinesisError.validation(name, "Member must not be null");
    return text;
  }

  @Nullable Integer number(String name) {
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value.asInt();
  }

  /** A number, or what holds without it. */
  int number(String name, int otherwise, int least, int most) {
    Integer number = number(name);
    int value = number == null ? otherwise : number;
    if (value < least)
      throw KinesisError.validation(
          name, "Member must have value greater than or equal to " + least);
    if (value > most)
      throw KinesisError.validation(name, "Member must have value less than or equal to " + most);
    return value;
  }

  byte[] bytes(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull())
      throw KinesisError.validation(name, "Member must not be null");
    try {
      return value.binaryValue();
    } catch (IOException e) {
      throw new KinesisError("SerializationException", name + " is not base64");
    }
  }

  /** Milliseconds since 1970: CBOR has them whole, JSON as decimal seconds. */
  @Nullable Long millis(String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) return null;
    return cbor ? value.asLong() : Math.round(value.asDouble() * 1000);
  }

  Question child(String name) {
    return new Question(body.path(name), cbor);
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new HashMap<>();
    body.path(name).properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  String streamName() {
    String name = text("StreamName");
    String arn = text("StreamARN");
    if (name == null && arn == null)
      throw KinesisError.invalidArgument("Either StreamName or StreamARN must be given.");
    String streamName = name != null ? name : StreamArn.name(requiredText("StreamARN"));
    if (!streamName.matches("[a-zA-Z0-9_.-]{1,128}") || streamName.startsWith(".")) {
      throw KinesisError.validation(
          "streamName", "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
    return streamName;
  }
}
