// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.metrics.Measures;
import aqueduct.metrics.MeasuresSum;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The packed rows of one report's hour: those of windows, and a base that holds the sum of the
 * windows up to a sequence number. {@link #merge} makes a new base beside the old one, points to it
 * at one stroke, and only then deletes what it replaces; a reader who sees the pointer change reads
 * again.
 */
final class Hour {
  private static final String BASE = "base";
  private static final String PAGE = "page#";
  private static final String VERSION = "version";
  private static final String COVERS = "covers";
  private final ItemTable table;
  private final Windows windows;
  private final Clock clock;
  private final String partition;

  Hour(ItemTable table, Windows windows, Clock clock, String partition) {
    this.table = table;
    this.windows = windows;
    this.clock = clock;
    this.partition = partition;
  }

  private record Rows(String version, long covers, List<Item> pages, List<Item> staged) {}

  private Rows rows() {
    while (true) {
      Item before = base();
      List<Item> items = table.query(partition, "");
      Item after = base();
      if (before.string(VERSION).equals(after.string(VERSION))) {
        String pages = PAGE + before.string(VERSION) + "#";
        return new Rows(
            before.string(VERSION),
            before.number(COVERS),
            items.stream().filter(i -> i.string(Item.SK).startsWith(pages)).toList(),
            items.stream().filter(i -> i.string(Item.SK).startsWith("window#")).toList());
      }
    }
  }

  private Item base() {
    return table
        .get(partition, BASE)
        .orElseGet(() -> Item.of(partition, BASE).with(VERSION, "none").with(COVERS, 0));
  }

  /**
   * Gives every packed row of windows up to that sequence number. Answers false, and gives nothing,
   * if the base covers a later one already.
   */
  boolean read(long upTo, Consumer<Item> packed) {
    Rows rows = rows();
    if (rows.covers > upTo) {
      return false;
    }
    rows.pages.forEach(packed);
    Map<Instant, Item> applied = applied(rows.staged);
    rows.staged.stream().filter(item -> counts(item, applied, rows.covers, upTo)).forEach(packed);
    return true;
  }

  private Map<Instant, Item> applied(List<Item> staged) {
    return windows.applied(staged.stream().map(item -> item.instant("window")).toList());
  }

  private static boolean counts(Item item, Map<Instant, Item> applied, long after, long upTo) {
    Item window = applied.get(item.instant("window"));
    return window != null
        && window.number("sequence") > after
        && window.number("sequence") <= upTo
        && window.strings("parts").contains(item.string("part"));
  }

  /** Rows of windows up to that sequence number -> the base; what nobody will read is deleted. */
  void merge(long upTo) {
    Rows rows = rows();
    Map<Instant, Item> applied = applied(rows.staged);
    List<Item> fresh =
        rows.staged.stream().filter(item -> counts(item, applied, rows.covers, upTo)).toList();
    if (rows.covers < upTo && !fresh.isEmpty() && !point(rows, fresh, upTo)) {
      return; // another was first
    }
    deleteReplaced(applied);
  }

  private boolean point(Rows rows, List<Item> fresh, long upTo) {
    String version = UUID.randomUUID().toString();
    List<Item> all = new ArrayList<>(rows.pages);
    all.addAll(fresh);
    table.putAll(pages(version, all));
    Item next = Item.of(partition, BASE).with(VERSION, version).with(COVERS, upTo);
    Map<String, AttributeValue> seen = new HashMap<>();
    if (!rows.version.equals("none")) {
      seen.put(":seen", Item.text(rows.version));
    }
    return table.put(next, seen.isEmpty() ? "attribute_not_exists(pk)" : "version = :seen", seen);
  }

  private List<Item> pages(String version, List<Item> packed) {
    Map<MetricKey, MeasuresSum> sums = new HashMap<>();
    for (Item item : packed) {
      Cells.read(
          item.bytes(Cells.DATA),
          cell -> sums.computeIfAbsent(cell.key(), any -> new MeasuresSum()).add(cell.measures()));
    }
    Map<String, Cells> bySite = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          Measures measures = sum.sum();
          bySite
              .computeIfAbsent(key.dimensions().get(0), any -> new Cells())
              .add(new MetricDelta(key, measures));
        });
    List<Item> pages = new ArrayList<>();
    bySite.forEach(
        (site, cells) -> {
          for (byte[] row : cells.rows()) {
            pages.add(
                Item.of(partition, PAGE + version + "#" + pages.size())
                    .with(Cells.SITE, site)
                    .with(Cells.DATA, row));
          }
        });
    return pages;
  }

  /** Only what a reader of the newest base does not need, and no writer will name any more. */
  private void deleteReplaced(Map<Instant, Item> applied) {
    Item base = base();
    String pages = PAGE + base.string(VERSION) + "#";
    long covers = base.number(COVERS);
    Instant oldest = clock.instant().minus(Parts.LIFE.multipliedBy(2));
    table.deleteAll(
        table.query(partition, "").stream()
            .filter(
                item -> {
                  String sk = item.string(Item.SK);
                  if (sk.startsWith(PAGE)) {
                    return !sk.startsWith(pages);
                  }
                  return sk.startsWith("window#") && replaced(item, applied, covers, oldest);
                })
            .toList());
  }

  private static boolean replaced(
      Item item, Map<Instant, Item> applied, long covers, Instant oldest) {
    Item window = applied.get(item.instant("window"));
    return window == null
        ? item.instant("staged_at").isBefore(oldest)
        : window.number("sequence") <= covers
            || !window.strings("parts").contains(item.string("part"));
  }
}
