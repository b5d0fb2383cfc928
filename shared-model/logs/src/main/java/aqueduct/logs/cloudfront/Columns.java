// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.cloudfront.Column.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which columns a line has, in their order: named by a {@code #Fields} line, or known by their
 * number where there is none. Columns without a field in RawLog, and the second of a repeated
 * column, are kept in {@code extra} by name.
 */
final class Columns {
  /** The widths that lines without header have had, from before 2012-09-12 until today. */
  private static final Set<Integer> WIDTHS = Set.of(12, 15, 18, 19, 23, 24, 26, Column.V1);

  private static final List<String> STAGING =
      List.of("primary-distribution-id", "primary-distribution-dns-name");

  /** Bounds what one line can grow by: names of unknown columns are repeated in each event. */
  private static final int MAX_COLUMNS = 100;

  private static final int MAX_NAME_LENGTH = 64;

  private static final Columns[] BY_WIDTH =
      IntStream.rangeClosed(0, Column.V1 + STAGING.size())
          .mapToObj(Columns::ofWidth)
          .toArray(Columns[]::new);

  private final Kind[] kinds;
  private final int[] fields;
  private final String[] names;
  private final byte[][] extraNames;
  private final int date;
  private final int time;
  private final int userAgent;
  private final boolean required;

  private Columns(List<String> logNames) {
    int width = logNames.size();
    kinds = new Kind[width];
    fields = new int[width];
    names = logNames.toArray(String[]::new);
    extraNames = new byte[width][];
    Map<Column, Integer> positions = new EnumMap<>(Column.class);
    for (int i = 0; i < width; i++) {
      Column column = Column.named(names[i]);
      extraNames[i] = names[i].getBytes(StandardCharsets.UTF_8);
      if (column == null || positions.putIfAbsent(column, i) != null) {
        kinds[i] = Kind.EXTRA;
      } else {
        kinds[i] = column.kind();
        fields[i] = column.field();
      }
    }
    date = positions.getOrDefault(Column.DATE, -1);
    time = positions.getOrDefault(Column.TIME, -1);
    userAgent = positions.getOrDefault(Column.USER_AGENT, -1);
    required =
        date >= 0
            && time >= 0
            && (positions.containsKey(Column.STATUS) || positions.containsKey(Column.URI_STEM));
  }

  /** The columns that a {@code #Fields} line names, or empty if they cannot make events. */
  static Optional<Columns> named(String names) {
    List<String> all = names.strip().isEmpty() ? List.of() : List.of(names.strip().split("[ \t]+"));
    if (all.size() > MAX_COLUMNS || all.stream().anyMatch(n -> n.length() > MAX_NAME_LENGTH)) {
      return Optional.empty();
    }
    return Optional.of(new Columns(all)).filter(columns -> columns.required);
  }

  /** The columns of a line without header, or null for a width that never was. */
  static @org.jspecify.annotations.Nullable Columns byWidth(int width) {
    Columns columns = width < BY_WIDTH.length ? BY_WIDTH[width] : null;
    return columns == null || columns.width() == 0 ? null : columns;
  }

  private static Columns ofWidth(int width) {
    boolean staging = width == Column.V1 + STAGING.size();
    if (!staging && !WIDTHS.contains(width)) {
      return new Columns(List.of());
    }
    List<String> names =
        Column.first(staging ? Column.V1 : width).stream()
            .map(Column::logName)
            .collect(Collectors.toCollection(ArrayList::new));
    if (staging) {
      names.addAll(STAGING);
    }
    return new Columns(names);
  }

  int width() {
    return kinds.length;
  }

  Kind kind(int column) {
    return kinds[column];
  }

  int field(int column) {
    return fields[column];
  }

  String name(int column) {
    return names[column];
  }

  byte[] nameBytes(int column) {
    return extraNames[column];
  }

  int date() {
    return date;
  }

  int time() {
    return time;
  }

  /** Where the user agent is, or -1. */
  int userAgent() {
    return userAgent;
  }
}
