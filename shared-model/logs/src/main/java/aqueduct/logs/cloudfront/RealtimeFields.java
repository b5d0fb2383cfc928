// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.LogFile;
import aqueduct.logs.LogReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which fields the records of a real-time log have, by the date from which on -> the reader of such
 * records. Records have no header, and their fields always stand in AWS's own order, whatever order
 * was chosen; names that are not known here stand behind the others, as given.
 */
public final class RealtimeFields {
  private static final List<String> ORDER = order();
  private final NavigableMap<LocalDate, Columns> lists = new TreeMap<>();

  private RealtimeFields() {}

  /**
   * Throws IllegalArgumentException, naming the date, if a list cannot make events: it must have
   * {@code timestamp}, {@code sc-status} or {@code cs-uri-stem}, and no name twice.
   *
   * @param lists from each date on (UTC, of the request), the names in any order
   */
  public static RealtimeFields of(Map<LocalDate, List<String>> lists) {
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("no list of fields: name those that were chosen at AWS");
    }
    RealtimeFields fields = new RealtimeFields();
    lists.forEach((date, names) -> fields.lists.put(date, columns(date, names)));
    return fields;
  }

  private static Columns columns(LocalDate date, List<String> names) {
    List<String> ordered =
        names.stream()
            .map(String::strip)
            .sorted(Comparator.comparingInt(RealtimeFields::place))
            .toList();
    if (new HashSet<>(ordered).size() < ordered.size()) {
      throw new IllegalArgumentException("the list of " + date + " has a field twice");
    }
    if (!ordered.contains("timestamp")) {
      throw new IllegalArgumentException("the list of " + date + " lacks timestamp");
    }
    return Columns.realtime(ordered)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the list of " + date + " lacks both of sc-status and cs-uri-stem"));
  }

  private static int place(String name) {
    int place = ORDER.indexOf(name);
    return place < 0 ? Integer.MAX_VALUE : place;
  }

  /** All fields that are known here, in their order. */
  public static List<String> all() {
    return ORDER;
  }

  /** A new reader for records of one origin. */
  public LogReader reader(LogFile source) {
    return new RealtimeReader(lists, new RowWriter(source, "realtime", 1));
  }

  private static List<String> order() {
    try (InputStream in = RealtimeFields.class.getResourceAsStream("realtime-fields.txt")) {
      if (in == null) {
        throw new IllegalStateException("realtime-fields.txt is not in the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
