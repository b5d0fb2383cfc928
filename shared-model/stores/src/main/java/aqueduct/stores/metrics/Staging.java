// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.Measures;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Deltas -> rows of the staging table by COPY, in its text format. */
final class Staging {
  private static final int FLUSH = 1 << 16;

  private Staging() {}

  /** Returns the new part's id. Parts that no window named are swept after a day. */
  static String copy(Connection connection, Iterator<MetricDelta> deltas) throws SQLException {
    String part = UUID.randomUUID().toString();
    sweep(connection);
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy staging (part, report, bucket_start, dimensions, "
                    + String.join(", ", MetricTable.MEASURES)
                    + ") from stdin");
    try {
      StringBuilder text = new StringBuilder();
      while (deltas.hasNext()) {
        line(text, part, deltas.next());
        if (text.length() > FLUSH) {
          write(copy, text);
        }
      }
      write(copy, text);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    return part;
  }

  private static void sweep(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "delete from staging where staged_at < clock_timestamp() - interval '1 day'");
    }
  }

  private static void write(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  private static void line(StringBuilder out, String part, MetricDelta delta) {
    MetricKey key = delta.key();
    Measures m = delta.measures();
    out.append(part).append('\t');
    escape(out, key.report());
    out.append('\t').append(key.bucketStart()).append('\t');
    array(out, key);
    for (long counter :
        new long[] {
          m.requests(),
          m.pageViews(),
          m.bytesSent(),
          m.cacheHits(),
          m.cacheable(),
          m.status2xx(),
          m.status3xx(),
          m.status4xx(),
          m.status5xx()
        }) {
      out.append('\t').append(counter);
    }
    bytes(out, m.visitors());
    bytes(out, m.duration());
    out.append('\n');
  }

  private static void bytes(StringBuilder out, byte @Nullable [] sketch) {
    out.append('\t').append(sketch == null ? "\\N" : "\\\\x" + HexFormat.of().formatHex(sketch));
  }

  /**
   * An array literal inside a COPY line: quoted elements, escaped once for the array and once for
   * COPY.
   */
  private static void array(StringBuilder out, MetricKey key) {
    StringBuilder literal = new StringBuilder("{");
    for (String value : key.dimensions()) {
      literal.append(literal.length() == 1 ? "\"" : ",\"");
      literal.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    escape(out, literal.append('}').toString());
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
  }
}
