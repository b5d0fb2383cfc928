// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The one DynamoDB table of the arbiters: {@code kind} (lease, memory, sighting, entry) and, for
 * entries, {@code at}.
 */
public record ArbiterTable(DynamoDbClient dynamo, String name) {
  static final String KIND = "kind";
  static final String AT = "at";

  /** Makes the table if it is not there, and waits until it can be used. */
  public void create() {
    try {
      dynamo.createTable(
          request ->
              request
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(attribute(KIND), attribute(AT))
                  .keySchema(key(KIND, KeyType.HASH), key(AT, KeyType.RANGE)));
    } catch (ResourceInUseException e) {
      // it is there
    }
    dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  static Map<String, AttributeValue> key(String kind) {
    return Map.of(KIND, text(kind), AT, text("-"));
  }

  static AttributeValue get(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
