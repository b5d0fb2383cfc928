// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.ledger;

import aqueduct.logs.ShardProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Progress of shards as items of a DynamoDB table: {@code stream_shard} (hash key), {@code
 * version}, and where known {@code sent_up_to}, {@code first}, {@code last}.
 */
public final class DynamoDbShardProgress implements ShardProgress {
  private static final String SHARD = "stream_shard";
  private static final String VERSION = "version";
  private static final String SENT_UP_TO = "sent_up_to";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private final DynamoDbClient dynamo;
  private final String table;

  /** Uses this table, see {@link #createTable}. */
  public DynamoDbShardProgress(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Creates the table if it is not there, and waits until it can be used. */
  public void createTable() {
    try {
      dynamo.createTable(
          request ->
              request
                  .tableName(table)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(
                      KeySchemaElement.builder().attributeName(SHARD).keyType(KeyType.HASH).build())
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName(SHARD)
                          .attributeType(ScalarAttributeType.S)
                          .build()));
    } catch (ResourceInUseException exists) {
      // another worker was first
    }
    dynamo.waiter().waitUntilTableExists(request -> request.tableName(table));
  }

  @Override
  public State read(String shard) {
    Map<String, AttributeValue> item =
        dynamo
            .getItem(
                request ->
                    request.tableName(table).key(Map.of(SHARD, text(shard))).consistentRead(true))
            .item();
    if (item.isEmpty()) {
      return State.NEW;
    }
    Optional<Span> planned =
        value(item, FIRST)
            .flatMap(first -> value(item, LAST).map(last -> new Span(first.s(), last.s())));
    return new State(
        value(item, VERSION).map(version -> Long.parseLong(version.n())).orElseThrow(),
        value(item, SENT_UP_TO).map(AttributeValue::s),
        planned);
  }

  private static Optional<AttributeValue> value(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name));
  }

  @Override
  public boolean plan(String shard, State seen, Span span) {
    return write(shard, seen, seen.afterPlan(span));
  }

  @Override
  public boolean done(String shard, State seen) {
    return write(shard, seen, seen.afterDone());
  }

  private boolean write(String shard, State seen, State next) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(SHARD, text(shard));
    item.put(VERSION, number(next.version()));
    next.sentUpTo().ifPresent(last -> item.put(SENT_UP_TO, text(last)));
    next.planned()
        .ifPresent(
            span -> {
              item.put(FIRST, text(span.first()));
              item.put(LAST, text(span.last()));
            });
    PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item);
    if (seen.version() == 0) {
      put.conditionExpression("attribute_not_exists(stream_shard)");
    } else {
      put.conditionExpression("version = :seen")
          .expressionAttributeValues(Map.of(":seen", number(seen.version())));
    }
    try {
      dynamo.putItem(put.build());
      return true;
    } catch (ConditionalCheckFailedException other) {
      return false;
    }
  }

  private static AttributeValue text(String value) {
    return AttributeValue.builder().s(value).build();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.builder().n(Long.toString(value)).build();
  }
}
