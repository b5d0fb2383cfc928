// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.ledger;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The file ledger in a DynamoDB table, one item per file. Every write is conditional on the claim's
 * version, and every read of a decision is strongly consistent. Items expire ({@code expires_at})
 * after the retention, which must outlive any redrive.
 */
public final class DynamoDbFileLedger implements FileLedger {
  private final DynamoDbClient dynamo;
  private final String table;
  private final Duration retention;

  /**
   * Uses this table, see {@link #createTable}.
   *
   * @param retention how long a file is remembered; 15 days or more
   */
  public DynamoDbFileLedger(DynamoDbClient dynamo, String table, Duration retention) {
    if (retention.compareTo(Duration.ofDays(15)) < 0) {
      throw new IllegalArgumentException(
          "ledger retention is "
              + retention.toDays()
              + " days: must be 15 or more, since a dead letter may be redriven after 14");
    }
    this.dynamo = dynamo;
    this.table = table;
    this.retention = retention;
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
                      KeySchemaElement.builder()
                          .attributeName(LedgerItem.FILE_ID)
                          .keyType(KeyType.HASH)
                          .build())
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName(LedgerItem.FILE_ID)
                          .attributeType(ScalarAttributeType.S)
                          .build()));
    } catch (ResourceInUseException exists) {
      // another worker was first
    }
    dynamo.waiter().waitUntilTableExists(request -> request.tableName(table));
  }

  @Override
  public Claim claim(LogFile file, String worker, Instant now, Duration lease) {
    String id = LedgerItem.id(file.fileId());
    Map<String, AttributeValue> values = new HashMap<>(LedgerItem.fileValues(file));
    values.put(":claimed", LedgerItem.text(State.CLAIMED.name()));
    values.put(":worker", LedgerItem.text(worker));
    values.put(":until", LedgerItem.number(now.plus(lease).toEpochMilli()));
    values.put(":now", LedgerItem.number(now.toEpochMilli()));
    values.put(":one", LedgerItem.number(1));
    values.put(":expires", LedgerItem.number(now.plus(retention).getEpochSecond()));
    try {
      Map<String, AttributeValue> item =
          dynamo
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(LedgerItem.key(id))
                          .updateExpression(
                              "set file_bucket = :bucket, file_key = :key, etag = :etag, file_size = :size, file_state = :claimed,"
                                  + " worker = :worker, lease_until = :until, expires_at = :expires add version :one")
                          .conditionExpression(
                              "attribute_not_exists(file_id) or (file_state = :claimed and lease_until < :now)")
                          .expressionAttributeValues(values)
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes();
      return new Claim.Claimed(file.fileId(), worker, LedgerItem.version(item));
    } catch (ConditionalCheckFailedException taken) {
      return refused(id, file, worker, now, lease);
    }
  }

  private Claim refused(String id, LogFile file, String worker, Instant now, Duration lease) {
    Map<String, AttributeValue> item = read(id);
    if (item.isEmpty()) {
      return claim(file, worker, now, lease); // it expired in between
    }
    Entry entry = LedgerItem.entry(item);
    if (entry.state() == State.DONE) {
      return new Claim.AlreadyDone(LedgerItem.entry(countRepeat(id)));
    }
    return new Claim.HeldByAnother(LedgerItem.worker(item), LedgerItem.leaseUntil(item));
  }

  private Map<String, AttributeValue> countRepeat(String id) {
    return dynamo
        .updateItem(
            request ->
                request
                    .tableName(table)
                    .key(LedgerItem.key(id))
                    .updateExpression("add repeats :one")
                    .expressionAttributeValues(Map.of(":one", LedgerItem.number(1)))
                    .returnValues(ReturnValue.ALL_NEW))
        .attributes();
  }

  @Override
  public boolean extend(Claim.Claimed claim, Instant now, Duration lease) {
    return write(
        claim,
        "set lease_until = :until",
        "file_state = :claimed and version = :version",
        Map.of(
            ":until",
            LedgerItem.number(now.plus(lease).toEpochMilli()),
            ":claimed",
            LedgerItem.text(State.CLAIMED.name())));
  }

  @Override
  public boolean finish(Claim.Claimed claim, FileSummary summary, Instant now) {
    Map<String, AttributeValue> values = new HashMap<>(LedgerItem.summaryValues(summary));
    values.put(":done", LedgerItem.text(State.DONE.name()));
    values.put(":expires", LedgerItem.number(now.plus(retention).getEpochSecond()));
    return write(
        claim,
        "set file_state = :done, expires_at = :expires, summary = :summary remove lease_until",
        "version = :version",
        values);
  }

  @Override
  public void release(Claim.Claimed claim) {
    write(
        claim,
        "set lease_until = :zero",
        "file_state = :claimed and version = :version",
        Map.of(":zero", LedgerItem.number(0), ":claimed", LedgerItem.text(State.CLAIMED.name())));
  }

  private boolean write(
      Claim.Claimed claim, String update, String condition, Map<String, AttributeValue> more) {
    Map<String, AttributeValue> values = new HashMap<>(more);
    values.put(":version", LedgerItem.number(claim.version()));
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(LedgerItem.key(LedgerItem.id(claim.fileId())))
                  .updateExpression(update)
                  .conditionExpression(condition)
                  .expressionAttributeValues(values));
      return true;
    } catch (ConditionalCheckFailedException lost) {
      return false;
    }
  }

  @Override
  public Optional<Entry> find(long fileId) {
    Map<String, AttributeValue> item = read(LedgerItem.id(fileId));
    return item.isEmpty() ? Optional.empty() : Optional.of(LedgerItem.entry(item));
  }

  private Map<String, AttributeValue> read(String id) {
    return dynamo
        .getItem(request -> request.tableName(table).key(LedgerItem.key(id)).consistentRead(true))
        .item();
  }

  @Override
  public Stream<Entry> entries() {
    return dynamo
        .scanPaginator(request -> request.tableName(table).consistentRead(true))
        .items()
        .stream()
        .map(LedgerItem::entry);
  }
}
