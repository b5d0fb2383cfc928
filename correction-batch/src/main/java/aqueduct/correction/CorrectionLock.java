// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * One correction at a time, however many are started: a lock of PostgreSQL that ends with the
 * connection, and so with the process, however it ends.
 */
final class CorrectionLock implements AutoCloseable {
  private static final long KEY = 0x41715566L;
  private final Connection connection;

  private CorrectionLock(Connection connection) {
    this.connection = connection;
  }

  /** Takes the lock. Throws {@link TakenException}, which says who has it. */
  static CorrectionLock take(Database database) {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty(
        "ApplicationName", "aqueduct correction, process " + ProcessHandle.current().pid());
    properties.setProperty("tcpKeepAlive", "true");
    try {
      Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
      if (isTaken(connection)) {
        String holder = holder(connection);
        connection.close();
        throw new TakenException(
            "Another correction is running ("
                + holder
                + "): wait for its end, or end it; nothing was changed");
      }
      return new CorrectionLock(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "PostgreSQL at " + database + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private static boolean isTaken(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + KEY + ")")) {
      row.next();
      return !row.getBoolean(1);
    }
  }

  private static String holder(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select application_name, backend_start from pg_stat_activity join pg_locks using (pid)"
                + " where locktype = 'advisory' and granted and (classid::bigint << 32 | objid::bigint) = ?")) {
      select.setLong(1, KEY);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? row.getString(1) + ", since " + row.getTimestamp(2).toInstant()
            : "it has just ended";
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the correction's lock cannot be given back", e);
    }
  }

  /** Somebody else corrects. */
  static final class TakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenException(String message) {
      super(message);
    }
  }
}
