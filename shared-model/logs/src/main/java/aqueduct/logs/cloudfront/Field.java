// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.cloudfront.Column.Kind;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A column's name in a log -> what becomes of its text.
 *
 * @param number the field of RawLog
 * @param name as the log spells it
 * @param nameBytes the same, for {@code extra}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Field(Kind kind, int number, String name, byte[] nameBytes) {
  /** Of standard logs, v1 and v2, in any of their formats. */
  static Field standard(String name) {
    Column column = Column.named(name);
    return column == null ? extra(name) : of(column.kind(), column.field(), name);
  }

  /**
   * Of real-time logs, where {@code cs-host} and {@code x-host-header} stand for the opposite of
   * what standard logs mean by them, and the path has the query behind it.
   */
  static Field realtime(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "cs-host" -> of(Kind.TEXT, RawLog.URL_DOMAIN_FIELD_NUMBER, name);
      case "x-host-header" -> of(Kind.TEXT, RawLog.CDN_DOMAIN_FIELD_NUMBER, name);
      case "cs-uri-stem" -> of(Kind.PATH_AND_QUERY, RawLog.URL_PATH_FIELD_NUMBER, name);
      case "cs-cookie" -> of(Kind.CUT_COOKIE, RawLog.COOKIE_FIELD_NUMBER, name);
      case "cs-headers" -> of(Kind.IGNORED, 0, name);
      default -> standard(name);
    };
  }

  /** Kept under its name: a column that has no field, or comes a second time. */
  static Field extra(String name) {
    return of(Kind.EXTRA, RawLog.EXTRA_FIELD_NUMBER, name);
  }

  /** The path of a line that has its query in another column too. */
  Field withoutQuery() {
    return kind == Kind.PATH_AND_QUERY ? of(Kind.PATH_BEFORE_QUERY, number, name) : this;
  }

  private static Field of(Kind kind, int number, String name) {
    return new Field(kind, number, name, name.getBytes(StandardCharsets.UTF_8));
  }
}
