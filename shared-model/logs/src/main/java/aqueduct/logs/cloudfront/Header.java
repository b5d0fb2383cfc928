// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header lines of a file so far -> the columns of the lines that follow. */
final class Header {
  private static final String VERSION = "#Version:";
  private static final String FIELDS = "#Fields:";

  /** Columns of v2, whose W3C files have no #Version line. Under one, they are further columns. */
  private static final List<String> V2_ONLY =
      List.of(
          "timestamp",
          "timestamp(ms)",
          "origin-fbl",
          "origin-lbl",
          "asn",
          "c-country",
          "cache-behavior-path-pattern",
          "distributionid",
          "distribution-tenant-id",
          "connection-id");

  private boolean version;
  private boolean refused;
  private @Nullable Columns columns;

  void line(byte[] buffer, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    if (text.startsWith(VERSION)) {
      version = true;
    } else if (text.startsWith(FIELDS)) {
      fields(text.substring(FIELDS.length()));
    }
  }

  private void fields(String names) {
    boolean v2 = !version && List.of(names.strip().split("[ \t]+")).stream().anyMatch(Header::isV2);
    Optional<Columns> named = v2 ? Optional.empty() : Columns.named(names);
    columns = named.orElse(null);
    refused = named.isEmpty();
    version = false;
  }

  private static boolean isV2(String name) {
    return V2_ONLY.contains(name.toLowerCase(java.util.Locale.ROOT))
        || name.startsWith("viewer-re");
  }

  /** Null without a usable #Fields line. */
  @Nullable Columns columns() {
    return columns;
  }

  /** Whether the last #Fields line names columns that cannot be read. */
  boolean refused() {
    return refused;
  }
}
