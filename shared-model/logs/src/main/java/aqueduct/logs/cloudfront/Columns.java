// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.cloudfront.Column.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

  /** What v2 has behind the 33 when nobody chose its fields. */
  private static final List<String> V2_DEFAULT =
      List.of("c-country", "cache-behavior-path-pattern");

  /** Bounds what one line can grow by: names of unknown columns are repeated in each event. */
  static final int MAX_COLUMNS = 100;

  static final int MAX_NAME_LENGTH = 64;
  private static final Columns V2_DEFAULT_35 = v1And(V2_DEFAULT);
  private static final Columns[] BY_WIDTH =
      IntStream.rangeClosed(0, Column.V1 + STAGING.size())
          .mapToObj(Columns::ofWidth)
          .toArray(Columns[]::new);

  private final Field[] fields;
  private final Map<Kind, Integer> times = new EnumMap<>(Kind.class);
  private final int userAgent;
  private final boolean usable;

  private Columns(List<Field> named) {
    fields = named.toArray(Field[]::new);
    Set<String> seen = new HashSet<>();
    boolean request = false;
    int agent = -1;
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].kind() == Kind.EXTRA) {
        continue;
      }
      String key = Column.key(fields[i].name());
      if (!seen.add(key)) {
        fields[i] = Field.extra(fields[i].name());
        continue;
      }
      times.put(fields[i].kind(), i); // of the kinds of time there is one column each
      request |= key.equals("sc_status") || key.equals("cs_uri_stem");
      agent = key.equals("cs_user_agent") ? i : agent;
    }
    userAgent = agent;
    usable = request && hasTime();
  }

  private boolean hasTime() {
    return epochMs() >= 0 || epochSeconds() >= 0 || (date() >= 0 && time() >= 0);
  }

  /** The columns that a {@code #Fields} line names, or empty if they cannot make events. */
  static Optional<Columns> named(List<String> names) {
    boolean tooLong = names.stream().anyMatch(name -> name.length() > MAX_NAME_LENGTH);
    if (names.size() > MAX_COLUMNS || tooLong) {
      return Optional.empty();
    }
    return Optional.of(new Columns(names.stream().map(Field::standard).toList()))
        .filter(columns -> columns.usable);
  }

  /** The columns of a real-time log, or empty if they cannot make events. */
  static Optional<Columns> realtime(List<String> names) {
    boolean query = names.contains("cs-uri-query");
    List<Field> fields =
        names.stream()
            .map(Field::realtime)
            .map(field -> query ? field.withoutQuery() : field)
            .toList();
    return Optional.of(new Columns(fields)).filter(columns -> columns.usable);
  }

  /** The columns of a line without header, or null for a width that never was. */
  static @Nullable Columns byWidth(int width) {
    Columns columns = width < BY_WIDTH.length ? BY_WIDTH[width] : null;
    return columns == null || columns.width() == 0 ? null : columns;
  }

  /** The columns of a line of v2 without header whose fields nobody chose. */
  static Columns v2Default() {
    return V2_DEFAULT_35;
  }

  private static Columns ofWidth(int width) {
    if (width == Column.V1 + STAGING.size()) {
      return v1And(STAGING);
    }
    return new Columns(
        WIDTHS.contains(width)
            ? Column.first(width).stream().map(Column::logName).map(Field::standard).toList()
            : List.of());
  }

  private static Columns v1And(List<String> more) {
    List<Field> fields =
        new ArrayList<>(
            Column.first(Column.V1).stream().map(Column::logName).map(Field::standard).toList());
    more.forEach(name -> fields.add(Field.standard(name)));
    return new Columns(fields);
  }

  int width() {
    return fields.length;
  }

  /** In their order; not to be changed. */
  Field[] fields() {
    return fields;
  }

  /** Where the date is, or -1; so for the others. */
  int date() {
    return times.getOrDefault(Kind.DATE, -1);
  }

  int time() {
    return times.getOrDefault(Kind.TIME, -1);
  }

  int epochMs() {
    return times.getOrDefault(Kind.EPOCH_MS, -1);
  }

  int epochSeconds() {
    return times.getOrDefault(Kind.EPOCH_SECONDS, -1);
  }

  int userAgent() {
    return userAgent;
  }
}
