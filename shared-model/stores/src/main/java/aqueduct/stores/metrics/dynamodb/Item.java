// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A DynamoDB item of the metric table, with its values by name. */
record Item(Map<String, AttributeValue> values) {
  static final String PK = "pk";
  static final String SK = "sk";

  static Item of(String pk, String sk) {
    return new Item(new HashMap<>(key(pk, sk)));
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, text(pk), SK, text(sk));
  }

  Map<String, AttributeValue> key() {
    return key(string(PK), string(SK));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  Item with(String name, String value) {
    values.put(name, text(value));
    return this;
  }

  Item with(String name, long value) {
    values.put(name, number(value));
    return this;
  }

  Item with(String name, Instant value) {
    return with(name, value.toString());
  }

  Item with(String name, byte[] value) {
    values.put(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value)));
    return this;
  }

  /** DynamoDB has no empty set; an empty one is left out. */
  Item with(String name, Collection<String> value) {
    if (!value.isEmpty()) {
      values.put(name, AttributeValue.fromSs(List.copyOf(value)));
    }
    return this;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  private AttributeValue value(String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "an item of the metric table has no " + name + ": it was not written by Aqueduct");
    }
    return value;
  }

  String string(String name) {
    return value(name).s();
  }

  long number(String name) {
    return Long.parseLong(value(name).n());
  }

  Instant instant(String name) {
    return Instant.parse(string(name));
  }

  byte[] bytes(String name) {
    return value(name).b().asByteArrayUnsafe();
  }

  List<String> strings(String name) {
    return has(name) ? value(name).ss() : List.of();
  }
}
