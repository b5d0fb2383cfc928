// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.Canonical;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The fields of a message type, nested by the dots of their names; a leaf has the field. */
final class CanonicalShape {
  private static final Map<Descriptor, CanonicalShape> SHAPES = new ConcurrentHashMap<>();

  private final Map<String, CanonicalShape> children = new LinkedHashMap<>();
  private final @Nullable FieldDescriptor field;

  private CanonicalShape(@Nullable FieldDescriptor field) {
    this.field = field;
  }

  static CanonicalShape of(Descriptor type) {
    return SHAPES.computeIfAbsent(type, CanonicalShape::nested);
  }

  private static CanonicalShape nested(Descriptor type) {
    CanonicalShape root = new CanonicalShape(null);
    for (FieldDescriptor field : type.getFields()) {
      root.add(name(field), field);
    }
    return root;
  }

  static String name(FieldDescriptor field) {
    String canonical = field.getOptions().getExtension(Canonical.canonical);
    return canonical.isEmpty() ? field.getName() : canonical;
  }

  private void add(String name, FieldDescriptor leaf) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      children.put(name, new CanonicalShape(leaf));
    } else {
      children
          .computeIfAbsent(name.substring(0, dot), key -> new CanonicalShape(null))
          .add(name.substring(dot + 1), leaf);
    }
  }

  /** Whether the dotted name is of a field, of an object of fields, or of a key of a map. */
  boolean has(String name) {
    int dot = name.indexOf('.');
    CanonicalShape child = children.get(dot < 0 ? name : name.substring(0, dot));
    if (child == null || dot < 0) {
      return child != null;
    }
    return child.field == null ? child.has(name.substring(dot + 1)) : child.field.isMapField();
  }

  /** Appends the message as an object. */
  void write(Message message, StringBuilder json) {
    write(message, json, true);
  }

  /** Appends the message as an object, without bools that are false. */
  void writeSet(Message message, StringBuilder json) {
    write(message, json, false);
  }

  private void write(Message message, StringBuilder json, boolean unset) {
    json.append('{');
    children.forEach((name, child) -> child.writeMember(name, message, json, unset));
    json.append('}');
  }

  private void writeMember(String name, Message message, StringBuilder json, boolean unset) {
    int start = json.length();
    if (field != null) {
      if (isShown(field, message, unset)) {
        comma(json);
        CanonicalValue.member(name, field, message.getField(field), json);
      }
      return;
    }
    comma(json);
    JsonText.string(name, json).append(':');
    int empty = json.length() + 2;
    write(message, json, unset);
    if (json.length() == empty) {
      json.setLength(start);
    }
  }

  private static void comma(StringBuilder json) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
  }

  private static boolean isShown(FieldDescriptor field, Message message, boolean unset) {
    if (field.isRepeated()) {
      return message.getRepeatedFieldCount(field) > 0;
    }
    return message.hasField(field)
        || (unset
            && !field.hasPresence()
            && field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN);
  }
}
