// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows -> PostgreSQL's COPY in its text format, value by value. */
final class CopyText implements AutoCloseable {
  private static final int FLUSH = 1 << 16;
  private final CopyIn copy;
  private final StringBuilder text = new StringBuilder(FLUSH + (FLUSH >> 2));
  private boolean inRow;

  /**
   * @param target table and columns, such as {@code staging (part, report)}
   */
  CopyText(Connection connection, String target) throws SQLException {
    copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
  }

  private StringBuilder next() {
    if (inRow) {
      text.append('\t');
    }
    inRow = true;
    return text;
  }

  CopyText add(long value) {
    next().append(value);
    return this;
  }

  CopyText add(double value) {
    next().append(value);
    return this;
  }

  CopyText add(Instant value) {
    next().append(value);
    return this;
  }

  CopyText add(String value) {
    escape(next(), value);
    return this;
  }

  CopyText add(byte @Nullable [] value) {
    next();
    if (value == null) {
      text.append("\\N");
    } else {
      text.append("\\\\x");
      HexFormat.of().formatHex(text, value);
    }
    return this;
  }

  /** An array literal: quoted elements, escaped once for the array and once for COPY. */
  CopyText add(List<String> values) {
    StringBuilder literal = new StringBuilder("{");
    for (String value : values) {
      literal.append(literal.length() == 1 ? "\"" : ",\"");
      literal.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return add(literal.append('}').toString());
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

  void endRow() throws SQLException {
    text.append('\n');
    inRow = false;
    if (text.length() > FLUSH) {
      write();
    }
  }

  private void write() throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  /** All rows are in; without this call, {@link #close} gives them up. */
  void end() throws SQLException {
    write();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
