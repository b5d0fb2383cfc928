// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.metrics.MetricDelta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Deltas of one part -> packed rows under its window and id, which nobody reads until the window
 * names the part; and an item that says the part is whole. That item comes last and lives a day.
 */
final class Parts {
  static final Duration LIFE = Duration.ofDays(1);
  private static final String PART = "part";
  private final ItemTable table;
  private final Clock clock;

  Parts(ItemTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  private record Place(String partition, String site) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int order = partition.compareTo(other.partition);
      return order == 0 ? site.compareTo(other.site) : order;
    }
  }

  /** Returns the part's id. */
  String stage(Instant window, Iterator<MetricDelta> deltas) {
    String part = UUID.randomUUID().toString();
    Map<Place, Cells> places = new TreeMap<>();
    Set<String> days = new TreeSet<>();
    while (deltas.hasNext()) {
      MetricDelta delta = deltas.next();
      Instant bucket = delta.key().bucketStart();
      days.add(LocalDate.ofInstant(bucket, ZoneOffset.UTC).toString());
      Place place =
          new Place(Cells.partition(delta.key().report(), bucket), delta.key().dimensions().get(0));
      places.computeIfAbsent(place, any -> new Cells()).add(delta);
    }
    table.putAll(items(window, part, places));
    table.putAll(
        List.of(
            Item.of(PART + "#" + part, PART)
                .with("days", days)
                .with("staged_at", clock.instant())));
    return part;
  }

  private List<Item> items(Instant window, String part, Map<Place, Cells> places) {
    List<Item> items = new ArrayList<>();
    places.forEach(
        (place, cells) -> {
          for (byte[] row : cells.rows()) {
            items.add(
                Item.of(place.partition, "window#" + window + "#" + part + "#" + items.size())
                    .with(Cells.SITE, place.site)
                    .with("window", window)
                    .with(PART, part)
                    .with("staged_at", clock.instant())
                    .with(Cells.DATA, row));
          }
        });
    return items;
  }

  /** The days that the parts touch. Throws if one is gone. */
  Set<String> days(List<String> parts) {
    List<Item> found =
        table.get(parts.stream().map(part -> Item.key(PART + "#" + part, PART)).toList());
    Instant oldest = clock.instant().minus(LIFE);
    boolean whole = found.stream().allMatch(item -> item.instant("staged_at").isAfter(oldest));
    if (found.size() < Set.copyOf(parts).size() || !whole) {
      throw new IllegalStateException("a staged part is gone: compute the window again");
    }
    Set<String> days = new TreeSet<>();
    found.forEach(item -> days.addAll(item.strings("days")));
    return days;
  }

  void forget(List<String> parts) {
    table.deleteAll(parts.stream().map(part -> Item.of(PART + "#" + part, PART)).toList());
  }
}
