// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a file so far -> the columns of the lines that follow. The names stand
 * between blanks, or between what stands between the values.
 */
final class Header {
  private static final String VERSION = "#Version:";
  private static final String FIELDS = "#Fields:";

  /** Columns that only v2 has; v1 has a #Version line besides. */
  private static final Set<String> V2_ONLY =
      Set.of(
          "timestamp",
          "timestamp_ms",
          "origin_fbl",
          "origin_lbl",
          "asn",
          "c_country",
          "cache_behavior_path_pattern",
          "distributionid",
          "distribution_tenant_id",
          "connection_id",
          "viewer_request_log_data",
          "viewer_response_log_data");

  private boolean version;
  private boolean v2;
  private boolean refused;
  private @Nullable Columns columns;

  void line(byte[] buffer, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    if (text.startsWith(VERSION)) {
      version = true;
    } else if (text.startsWith(FIELDS)) {
      fields(names(text.substring(FIELDS.length()).strip()));
    }
  }

  private static List<String> names(String text) {
    List<String> blanks = text.isEmpty() ? List.of() : List.of(text.split("[ \t]+"));
    List<String> any = text.isEmpty() ? List.of() : List.of(text.split("[^A-Za-z0-9()_-]+"));
    return known(any) > known(blanks) ? any : blanks;
  }

  private static long known(List<String> names) {
    return names.stream().filter(name -> Column.named(name) != null).count();
  }

  private void fields(List<String> names) {
    Optional<Columns> named = Columns.named(names);
    columns = named.orElse(null);
    refused = named.isEmpty();
    v2 = !version || names.stream().map(Column::key).anyMatch(V2_ONLY::contains);
    version = false;
  }

  /** Null without a usable #Fields line. */
  @Nullable Columns columns() {
    return columns;
  }

  /** Whether the last #Fields line names columns that cannot be read. */
  boolean refused() {
    return refused;
  }

  /** {@code v1} or {@code v2_w3c}. */
  String format() {
    return v2 ? "v2_w3c" : "v1";
  }
}
