// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The ledger of windows. A window becomes applied by one transaction of two items: its own, which
 * must not exist, and the head, which must be as it was when the window's chunks were found new.
 * The transaction stands for everything: which parts count is read off the window's item, and what
 * its chunks add to the files' items is carried over afterwards, by whoever comes next if the
 * writer dies; no window is applied before that of the one before is done.
 */
final class Windows {
  private static final String WINDOWS = "windows";

  /** Sorts as the instants do, which their own text does not. */
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int MOST_TRIES = 20;
  private static final int MERGE_EVERY = 12;
  private final ItemTable table;
  private final Parts parts;
  private final Clock clock;

  Windows(ItemTable table, Parts parts, Clock clock) {
    this.table = table;
    this.parts = parts;
    this.clock = clock;
  }

  private static String sk(Instant start) {
    return START.format(start);
  }

  private static String account(Instant start) {
    return "account#" + start;
  }

  Item head() {
    return table
        .get("head", "head")
        .orElseGet(() -> Item.of("head", "head").with("sequence", 0).with("token", 0));
  }

  /** The head, once nothing of an applied window is left to be carried over. */
  Item settledHead() {
    Item head = head();
    while (head.has("pending")) {
      carryOver(head.instant("pending"));
      head = head();
    }
    return head;
  }

  /** Whether the rows of the head's dirty days shall be merged before the next window. */
  static boolean mergeIsDue(Item head) {
    return head.number("sequence") > 0 && head.number("sequence") % MERGE_EVERY == 0;
  }

  Applied apply(WindowCommit commit) {
    WindowAccount account = WindowAccount.of(commit.chunks(), commit.duplicateLines());
    String named = UUID.randomUUID().toString();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Item head = settledHead();
      fence(head, commit);
      if (table.get(WINDOWS, sk(commit.windowStart())).isPresent()) {
        return Applied.ALREADY_APPLIED;
      }
      Set<String> days = parts.days(commit.parts());
      Map<Long, FileItem> files = files(account.files());
      requireNew(account, files);
      if (tries == 0) {
        writeAccount(commit, named, account);
      }
      Item next = next(head, commit, days);
      account.addTo(next, account.files().size() - files.size());
      if (transact(commit, named, next, days)) {
        carryOver(commit.windowStart());
        return Applied.APPLIED;
      }
    }
    throw new IllegalStateException(
        "window " + commit.windowStart() + ": other writers were first " + MOST_TRIES + " times");
  }

  private static void fence(Item head, WindowCommit commit) {
    if (head.number("token") > commit.writerToken()) {
      throw new FencedException(
          "writer "
              + commit.writerToken()
              + " was replaced by writer "
              + head.number("token")
              + ": stop this one");
    }
  }

  private static void requireNew(WindowAccount account, Map<Long, FileItem> files) {
    account
        .chunks()
        .forEach(
            (file, chunks) -> {
              FileItem applied = files.get(file);
              for (AppliedChunk chunk : chunks) {
                if (applied != null && applied.firstLines().contains(chunk.id().firstLine())) {
                  throw WindowAccount.twice(chunk.id());
                }
              }
            });
  }

  Map<Long, FileItem> files(Collection<Long> files) {
    return table.get(files.stream().distinct().map(FileItem::key).toList()).stream()
        .map(FileItem::read)
        .collect(Collectors.toMap(file -> file.sums().fileId(), file -> file));
  }

  private void writeAccount(WindowCommit commit, String named, WindowAccount account) {
    List<byte[]> pages = account.pages();
    table.putAll(
        java.util.stream.IntStream.range(0, pages.size())
            .mapToObj(
                i ->
                    Item.of(account(commit.windowStart()), named + "#" + i)
                        .with(Cells.DATA, pages.get(i)))
            .toList());
  }

  private boolean transact(WindowCommit commit, String named, Item next, Set<String> days) {
    long sequence = next.number("sequence");
    long events = commit.chunks().stream().mapToLong(AppliedChunk::events).sum();
    Item window =
        Item.of(WINDOWS, sk(commit.windowStart()))
            .with("sequence", sequence)
            .with("start", commit.windowStart())
            .with("end", commit.windowEnd())
            .with("attempt", commit.attempt())
            .with("account", named)
            .with("events", events)
            .with("parts", commit.parts())
            .with("days", days)
            .with("applied_at", clock.instant());
    Map<String, AttributeValue> seen = Map.of(":seen", Item.number(sequence - 1));
    String unchanged = sequence == 1 ? "attribute_not_exists(pk)" : "#sequence = :seen";
    try {
      table
          .dynamo()
          .transactWriteItems(
              r ->
                  r.transactItems(
                      put(window, "attribute_not_exists(pk)", Map.of(), Map.of()),
                      sequence == 1
                          ? put(next, unchanged, Map.of(), Map.of())
                          : put(next, unchanged, seen, Map.of("#sequence", "sequence"))));
      return true;
    } catch (TransactionCanceledException lost) {
      return false;
    }
  }

  private static Item next(Item head, WindowCommit commit, Set<String> days) {
    Item next = new Item(new HashMap<>(head.values()));
    next.values().remove("dirty");
    next.with("sequence", head.number("sequence") + 1)
        .with("token", commit.writerToken())
        .with("pending", commit.windowStart())
        .with("days", union(head.strings("days"), days))
        .with("dirty", mergeIsDue(head) ? days : union(head.strings("dirty"), days));
    return next;
  }

  private static Set<String> union(List<String> a, Set<String> b) {
    Set<String> both = new java.util.TreeSet<>(a);
    both.addAll(b);
    return both;
  }

  private TransactWriteItem put(
      Item item, String condition, Map<String, AttributeValue> values, Map<String, String> names) {
    return TransactWriteItem.builder()
        .put(
            p ->
                p.tableName(table.name())
                    .item(item.values())
                    .conditionExpression(condition)
                    .expressionAttributeValues(values.isEmpty() ? null : values)
                    .expressionAttributeNames(names.isEmpty() ? null : names))
        .build();
  }

  /** What the window's chunks add -> the files' items, each once; may be repeated and shared. */
  private void carryOver(Instant start) {
    Item window = table.get(WINDOWS, sk(start)).orElseThrow();
    List<Item> pages = table.query(account(start), "");
    String named = window.string("account") + "#";
    WindowAccount account =
        WindowAccount.read(
            pages.stream()
                .filter(page -> page.string(Item.SK).startsWith(named))
                .map(page -> page.bytes(Cells.DATA))
                .toList());
    long sequence = window.number("sequence");
    Map<Long, FileItem> files = files(account.files());
    account.files().parallelStream()
        .forEach(
            file -> carryOver(sequence, account, files.getOrDefault(file, FileItem.none(file))));
    settle(start);
    parts.forget(window.strings("parts"));
    table.deleteAll(pages);
  }

  private void carryOver(long sequence, WindowAccount account, FileItem before) {
    long file = before.sums().fileId();
    if (before.upTo() >= sequence) {
      return; // by another, or before a crash
    }
    FileItem after =
        before.plus(
            sequence,
            account.chunks().getOrDefault(file, List.of()),
            account.duplicateLines().getOrDefault(file, 0L));
    // If it does not hold, another has carried over the same.
    boolean unused =
        table.put(
            after.item(),
            "attribute_not_exists(pk) or up_to < :sequence",
            Map.of(":sequence", Item.number(sequence)));
  }

  private void settle(Instant start) {
    try {
      table
          .dynamo()
          .updateItem(
              r ->
                  r.tableName(table.name())
                      .key(Item.key("head", "head"))
                      .updateExpression("remove pending")
                      .conditionExpression("pending = :start")
                      .expressionAttributeValues(Map.of(":start", Item.text(start.toString()))));
    } catch (software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException done) {
      // another has carried it over, and perhaps the next one is applied
    }
  }

  /** The applied window that started last at or before the instant. */
  Optional<Item> lastFrom(Instant instant) {
    return table
        .dynamo()
        .query(
            r ->
                r.tableName(table.name())
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk and sk <= :sk")
                    .expressionAttributeValues(
                        Map.of(":pk", Item.text(WINDOWS), ":sk", Item.text(sk(instant))))
                    .scanIndexForward(false)
                    .limit(1))
        .items()
        .stream()
        .map(Item::new)
        .findFirst();
  }

  /** The applied ones among the windows, by start. */
  Map<Instant, Item> applied(Collection<Instant> starts) {
    return table
        .get(starts.stream().distinct().map(start -> Item.key(WINDOWS, sk(start))).toList())
        .stream()
        .collect(Collectors.toMap(window -> window.instant("start"), window -> window));
  }
}
