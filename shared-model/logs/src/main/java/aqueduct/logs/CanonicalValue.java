// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The value of a field -> JSON, by the rules of {@link CanonicalJson}. */
final class CanonicalValue {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private CanonicalValue() {}

  static void member(String name, FieldDescriptor field, Object value, StringBuilder json) {
    if (value instanceof ByteString bytes && !bytes.isValidUtf8()) {
      JsonText.string(name + "_base64", json).append(':');
      JsonText.string(Base64.getEncoder().encodeToString(bytes.toByteArray()), json);
      return;
    }
    JsonText.string(name, json).append(':');
    if (field.isMapField()) {
      map(field, (List<?>) value, json);
    } else if (field.isRepeated()) {
      array(field, (List<?>) value, json);
    } else if (CanonicalShape.name(field).equals("event.time")) {
      time((Long) value, json);
    } else {
      single(field, value, json);
    }
  }

  private static void map(FieldDescriptor field, List<?> entries, StringBuilder json) {
    FieldDescriptor key = field.getMessageType().findFieldByName("key");
    FieldDescriptor value = field.getMessageType().findFieldByName("value");
    Map<String, Object> sorted = new TreeMap<>();
    for (Object entry : entries) {
      Message message = (Message) entry;
      sorted.put(message.getField(key).toString(), message.getField(value));
    }
    char separator = '{';
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      json.append(separator);
      JsonText.string(entry.getKey(), json).append(':');
      single(value, entry.getValue(), json);
      separator = ',';
    }
    json.append('}');
  }

  private static void array(FieldDescriptor field, List<?> values, StringBuilder json) {
    char separator = '[';
    for (Object value : values) {
      json.append(separator);
      single(field, value, json);
      separator = ',';
    }
    json.append(']');
  }

  private static void single(FieldDescriptor field, Object value, StringBuilder json) {
    switch (field.getType()) {
      case STRING -> JsonText.string((String) value, json);
      case BYTES -> JsonText.string(((ByteString) value).toStringUtf8(), json);
      case FIXED64 -> JsonText.string(HexFormat.of().toHexDigits((Long) value), json);
      case UINT32, FIXED32 -> json.append(Integer.toUnsignedString((Integer) value));
      case UINT64 -> json.append(Long.toUnsignedString((Long) value));
      case ENUM -> json.append(((EnumValueDescriptor) value).getNumber());
      case DOUBLE, FLOAT -> decimal((Number) value, json);
      case MESSAGE, GROUP -> {
        Message message = (Message) value;
        CanonicalShape.of(message.getDescriptorForType()).write(message, json);
      }
      default -> json.append(value);
    }
  }

  /** JSON has no NaN and no infinity. */
  private static void decimal(Number value, StringBuilder json) {
    json.append(Double.isFinite(value.doubleValue()) ? value.toString() : "null");
  }

  private static void time(long micros, StringBuilder json) {
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    json.append('"').append(MICROSECONDS.format(time)).append('"');
  }
}
