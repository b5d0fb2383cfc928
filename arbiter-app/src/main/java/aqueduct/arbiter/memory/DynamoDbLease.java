// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.memory;

import static aqueduct.arbiter.memory.ArbiterTable.number;
import static aqueduct.arbiter.memory.ArbiterTable.text;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The lease as one item: owner, fence, and a beat that every renewal raises. Who sees the same beat
 * for as long as the lease lasts, on a clock of its own, may take it; no two clocks are compared.
 * The holder counts from before it asked, and stops trusting the lease after two thirds of it.
 */
public final class DynamoDbLease implements Lease {
  private static final Logger log = LoggerFactory.getLogger(DynamoDbLease.class);
  private final ArbiterTable table;
  private final String owner;
  private final Duration lasts;
  private final LongSupplier nanos;
  private Held mine = new Held(0, 0, Long.MIN_VALUE);
  private Seen seen = new Seen("", 0, 0, 0);

  private record Held(long fence, long beat, long since) {}

  private record Seen(String owner, long fence, long beat, long since) {}

  /**
   * A contender.
   *
   * @param owner its name, unlike that of any other, also of its own predecessor
   * @param nanos a clock that only rises
   */
  public DynamoDbLease(ArbiterTable table, String owner, Duration lasts, LongSupplier nanos) {
    this.table = table;
    this.owner = owner;
    this.lasts = lasts;
    this.nanos = nanos;
  }

  @Override
  public synchronized OptionalLong hold() {
    try {
      Seen now = look();
      if (now.owner().equals(owner)) {
        return write(now, now.fence());
      }
      boolean stale =
          now.fence() == seen.fence()
              && now.beat() == seen.beat()
              && nanos.getAsLong() - seen.since() > lasts.toNanos();
      if (now.fence() == 0 || stale) {
        return write(now, now.fence() + 1);
      }
      seen = now.fence() == seen.fence() && now.beat() == seen.beat() ? seen : now;
      mine = new Held(0, 0, Long.MIN_VALUE);
      return OptionalLong.empty();
    } catch (SdkException e) {
      log.warn("The lease cannot be asked for: {}", e.getMessage());
      return held() ? OptionalLong.of(mine.fence()) : OptionalLong.empty();
    }
  }

  private Seen look() {
    Map<String, AttributeValue> item =
        table
            .dynamo()
            .getItem(
                r -> r.tableName(table.name()).key(ArbiterTable.key("lease")).consistentRead(true))
            .item();
    long since = nanos.getAsLong();
    return item.isEmpty()
        ? new Seen("", 0, 0, since)
        : new Seen(
            ArbiterTable.get(item, "owner").s(),
            Long.parseLong(ArbiterTable.get(item, "fence").n()),
            Long.parseLong(ArbiterTable.get(item, "beat").n()),
            since);
  }

  private OptionalLong write(Seen before, long fence) {
    long asked = nanos.getAsLong();
    Map<String, AttributeValue> item = new HashMap<>(ArbiterTable.key("lease"));
    item.put("owner", text(owner));
    item.put("fence", number(fence));
    item.put("beat", number(before.beat() + 1));
    try {
      table
          .dynamo()
          .putItem(
              r ->
                  r.tableName(table.name())
                      .item(item)
                      .conditionExpression(
                          before.fence() == 0
                              ? "attribute_not_exists(fence)"
                              : "fence = :fence and beat = :beat")
                      .expressionAttributeValues(
                          before.fence() == 0
                              ? null
                              : Map.of(
                                  ":fence",
                                  number(before.fence()),
                                  ":beat",
                                  number(before.beat()))));
    } catch (ConditionalCheckFailedException e) {
      mine = new Held(0, 0, Long.MIN_VALUE);
      return OptionalLong.empty();
    }
    if (mine.fence() != fence) {
      log.info("{} acts from now on, tenure {}", owner, fence);
    }
    mine = new Held(fence, before.beat() + 1, asked);
    return OptionalLong.of(fence);
  }

  @Override
  public synchronized boolean held() {
    return mine.fence() > 0 && nanos.getAsLong() - mine.since() < lasts.toNanos() * 2 / 3;
  }
}
