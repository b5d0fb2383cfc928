// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.cloudfront.RealtimeFields;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of real-time logs.
 *
 * @param fields by the date from which on (UTC, such as 2026-11-24) the names of the fields that
 *     were chosen at AWS, in any order; the one name {@code all} stands for all of them
 */
@ConfigurationProperties("aqueduct.streamify.realtime")
public record RealtimeProperties(@DefaultValue Map<String, List<String>> fields) {

  /** Throws IllegalArgumentException that names the property, what is wrong and what to do. */
  RealtimeFields parsed() {
    Map<LocalDate, List<String>> lists = new TreeMap<>();
    try {
      fields.forEach((date, names) -> lists.put(date(date), named(names)));
      return RealtimeFields.of(lists);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "aqueduct.streamify.realtime.fields: "
              + e.getMessage()
              + ". Example: aqueduct.streamify.realtime.fields.2026-11-24=all",
          e);
    }
  }

  private static List<String> named(List<String> names) {
    return names.equals(List.of("all")) ? RealtimeFields.all() : names;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no date like 2026-11-24", e);
    }
  }
}
