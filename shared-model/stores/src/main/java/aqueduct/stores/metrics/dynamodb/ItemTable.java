// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Calls to the metric table. Every read is strongly consistent; batches go on until all is done.
 */
final class ItemTable {
  private static final int MOST_WRITES = 25;
  private static final int MOST_READS = 100;
  private static final long MOST_BYTES = 12 << 20;
  private final DynamoDbClient dynamo;
  private final String name;

  ItemTable(DynamoDbClient dynamo, String name) {
    this.dynamo = dynamo;
    this.name = name;
  }

  String name() {
    return name;
  }

  DynamoDbClient dynamo() {
    return dynamo;
  }

  /** Creates the table if it is not there, and waits until it can be used. */
  void create() {
    try {
      dynamo.createTable(
          request ->
              request
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(key(Item.PK, KeyType.HASH), key(Item.SK, KeyType.RANGE))
                  .attributeDefinitions(attribute(Item.PK), attribute(Item.SK)));
    } catch (ResourceInUseException exists) {
      // another was first
    }
    dynamo.waiter().waitUntilTableExists(request -> request.tableName(name));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  Optional<Item> get(String pk, String sk) {
    Map<String, AttributeValue> found =
        dynamo.getItem(r -> r.tableName(name).key(Item.key(pk, sk)).consistentRead(true)).item();
    return found.isEmpty() ? Optional.empty() : Optional.of(new Item(found));
  }

  /** Those of the keys that there are, in any order. */
  List<Item> get(Collection<Map<String, AttributeValue>> keys) {
    List<Item> found = new ArrayList<>();
    List<Map<String, AttributeValue>> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_READS) {
      List<Map<String, AttributeValue>> left =
          all.subList(from, Math.min(all.size(), from + MOST_READS));
      for (int tries = 0; !left.isEmpty(); tries++) {
        pause(tries);
        KeysAndAttributes asked =
            KeysAndAttributes.builder().keys(left).consistentRead(true).build();
        var answer = dynamo.batchGetItem(r -> r.requestItems(Map.of(name, asked)));
        answer.responses().getOrDefault(name, List.of()).forEach(item -> found.add(new Item(item)));
        KeysAndAttributes unread = answer.unprocessedKeys().get(name);
        left = unread == null ? List.of() : unread.keys();
      }
    }
    return found;
  }

  /** Every item of the partition whose sort key begins so, in its order. */
  List<Item> query(String pk, String prefix) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":pk", Item.text(pk));
    String condition = "pk = :pk";
    if (!prefix.isEmpty()) {
      values.put(":prefix", Item.text(prefix));
      condition += " and begins_with(sk, :prefix)";
    }
    String asked = condition;
    return dynamo
        .queryPaginator(
            r ->
                r.tableName(name)
                    .consistentRead(true)
                    .keyConditionExpression(asked)
                    .expressionAttributeValues(values))
        .items()
        .stream()
        .map(Item::new)
        .toList();
  }

  /** Whether the item was written: the condition held. */
  boolean put(Item item, String condition, Map<String, AttributeValue> values) {
    try {
      dynamo.putItem(
          r ->
              r.tableName(name)
                  .item(item.values())
                  .conditionExpression(condition)
                  .expressionAttributeValues(values.isEmpty() ? null : values));
      return true;
    } catch (ConditionalCheckFailedException lost) {
      return false;
    }
  }

  void putAll(Collection<Item> items) {
    write(
        items.stream()
            .map(i -> WriteRequest.builder().putRequest(p -> p.item(i.values())).build())
            .toList());
  }

  void deleteAll(Collection<Item> items) {
    write(
        items.stream()
            .map(i -> WriteRequest.builder().deleteRequest(d -> d.key(i.key())).build())
            .toList());
  }

  private void write(List<WriteRequest> requests) {
    for (int from = 0; from < requests.size(); ) {
      int to = batchEnd(requests, from);
      List<WriteRequest> left = requests.subList(from, to);
      for (int tries = 0; !left.isEmpty(); tries++) {
        pause(tries);
        List<WriteRequest> now = left;
        left =
            dynamo
                .batchWriteItem(r -> r.requestItems(Map.of(name, now)))
                .unprocessedItems()
                .getOrDefault(name, List.of());
      }
      from = to;
    }
  }

  /** A request may hold 16 MB. */
  private static int batchEnd(List<WriteRequest> requests, int from) {
    long bytes = 0;
    int to = from;
    while (to < requests.size() && to - from < MOST_WRITES && bytes < MOST_BYTES) {
      var put = requests.get(to++).putRequest();
      AttributeValue data = put == null ? null : put.item().get(Cells.DATA);
      bytes += data == null ? 1000 : data.b().asByteArrayUnsafe().length;
    }
    return to;
  }

  private static void pause(int tries) {
    if (tries > 0) {
      LockSupport.parkNanos(
          TimeUnit.MILLISECONDS.toNanos(Math.min(2000, 25L << Math.min(tries, 7))));
    }
  }
}
