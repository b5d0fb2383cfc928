// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A directory -> a PostgreSQL server on 127.0.0.1 with the database "aqueduct" (user postgres, no
 * password). Data stay; what a killed process left running on the directory is stopped first.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String DATABASE = "aqueduct";
  private static final String USER = "postgres";
  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts on the database in the directory, or makes it.
   *
   * @param port 0 takes a free one
   * @param fsync whether a commit waits for the disk; without it a crash of the machine can lose
   *     the database
   */
  public static PostgresServer start(Path data, int port, boolean fsync) throws IOException {
    Files.createDirectories(data);
    Postmaster.checkVersion(data);
    Postmaster.stopOrphan(data);
    PostgresServer server = new PostgresServer(launch(data, port, fsync));
    try {
      server.ensureDatabase();
      return server;
    } catch (SQLException e) {
      server.close();
      throw new IOException(
          "PostgreSQL runs in " + data + " but refuses its database: " + e.getMessage(), e);
    }
  }

  private static EmbeddedPostgres launch(Path data, int port, boolean fsync) throws IOException {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data.toAbsolutePath())
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(port)
          .setPGStartupWait(Duration.ofSeconds(60))
          .setLocaleConfig("locale", "C")
          // After the -F that the library always gives; the last one counts.
          .setServerConfig("fsync", fsync ? "on" : "off")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "")
          .start();
    } catch (IOException | RuntimeException e) {
      throw new IOException(Postmaster.explain(data, e), e);
    }
  }

  private void ensureDatabase() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'aqueduct'")) {
        if (found.next()) return;
      }
      statement.execute("CREATE DATABASE aqueduct");
    }
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE + "?user=" + USER;
  }

  public int port() {
    return postgres.getPort();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL did not stop: " + e, e);
    }
  }
}
