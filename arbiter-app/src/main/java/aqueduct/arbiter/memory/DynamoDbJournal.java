// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import static aqueduct.arbiter.memory.ArbiterTable.number;
import static aqueduct.arbiter.memory.ArbiterTable.text;

import aqueduct.arbiter.decision.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The journal in DynamoDB. The memory's item carries the highest fence that has opened it; every
 * write is a transaction on the condition that no higher one has come. Entries expire after 90 days
 * ({@code expires_at}).
 */
public final class DynamoDbJournal implements Journal {
  private static final Duration KEPT = Duration.ofDays(90);
  private static final String MINE = "attribute_not_exists(fence) or fence <= :fence";
  private final ArbiterTable table;
  private long entries;

  public DynamoDbJournal(ArbiterTable table) {
    this.table = table;
  }

  @Override
  public Memory open(long fence) {
    try {
      AttributeValue json =
          table
              .dynamo()
              .updateItem(
                  r ->
                      r.tableName(table.name())
                          .key(ArbiterTable.key("memory"))
                          .updateExpression("set fence = :fence")
                          .conditionExpression(MINE)
                          .expressionAttributeValues(Map.of(":fence", number(fence)))
                          .returnValues("ALL_NEW"))
              .attributes()
              .get("json");
      return json == null ? Memory.NEW : Json.read(json.s(), Memory.class);
    } catch (ConditionalCheckFailedException e) {
      throw deposed(fence);
    }
  }

  private static DeposedException deposed(long fence) {
    return new DeposedException("tenure " + fence + " is over: another arbiter acts");
  }

  @Override
  public void keep(long fence, Memory memory, Sighting sighting, Optional<Entry> entry) {
    List<TransactWriteItem> writes = new ArrayList<>();
    Map<String, AttributeValue> item = new HashMap<>(ArbiterTable.key("memory"));
    item.put("fence", number(fence));
    item.put("json", text(Json.write(memory)));
    writes.add(
        write(
            Put.builder()
                .tableName(table.name())
                .item(item)
                .conditionExpression(MINE)
                .expressionAttributeValues(Map.of(":fence", number(fence)))));
    Map<String, AttributeValue> seen = new HashMap<>(ArbiterTable.key("sighting"));
    seen.put("json", text(Json.write(sighting)));
    writes.add(write(Put.builder().tableName(table.name()).item(seen)));
    entry.ifPresent(
        e -> writes.add(write(Put.builder().tableName(table.name()).item(item(fence, e)))));
    try {
      table.dynamo().transactWriteItems(r -> r.transactItems(writes));
    } catch (TransactionCanceledException e) {
      boolean fenced =
          e.cancellationReasons().stream()
              .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()));
      throw fenced ? deposed(fence) : e;
    }
  }

  private static TransactWriteItem write(Put.Builder put) {
    return TransactWriteItem.builder().put(put.build()).build();
  }

  private Map<String, AttributeValue> item(long fence, Entry entry) {
    String order =
        "%s/%08d/%08d".formatted(entry.at().toString().substring(0, 19), fence, ++entries);
    return Map.of(
        ArbiterTable.KIND,
        text("entry"),
        ArbiterTable.AT,
        text(order),
        "json",
        text(Json.write(entry)),
        "expires_at",
        number(entry.at().plus(KEPT).getEpochSecond()));
  }

  @Override
  public List<Entry> entries(int most) {
    return table
        .dynamo()
        .query(
            r ->
                r.tableName(table.name())
                    .keyConditionExpression("kind = :kind")
                    .expressionAttributeValues(Map.of(":kind", text("entry")))
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(most))
        .items()
        .stream()
        .map(item -> Json.read(ArbiterTable.get(item, "json").s(), Entry.class))
        .toList();
  }

  @Override
  public Optional<Sighting> sighting() {
    Map<String, AttributeValue> item =
        table
            .dynamo()
            .getItem(
                r ->
                    r.tableName(table.name())
                        .key(ArbiterTable.key("sighting"))
                        .consistentRead(true))
            .item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(Json.read(ArbiterTable.get(item, "json").s(), Sighting.class));
  }
}
