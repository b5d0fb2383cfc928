// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @TempDir Path data;

  private static int run(PostgresServer server, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) return 0;
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Test
  void rows_are_there_after_a_restart_and_fsync_is_as_set() throws Exception {
    try (PostgresServer server = PostgresServer.start(data, 0, true)) {
      run(server, "CREATE TABLE t AS SELECT 42 AS n");
      assertThat(
              run(
                  server,
                  "SELECT count(*) FROM pg_settings WHERE name = 'fsync' AND setting = 'on'"))
          .isEqualTo(1);
    }
    try (PostgresServer server = PostgresServer.start(data, 0, false)) {
      assertThat(run(server, "SELECT n FROM t")).isEqualTo(42);
      assertThat(
              run(
                  server,
                  "SELECT count(*) FROM pg_settings WHERE name = 'fsync' AND setting = 'off'"))
          .isEqualTo(1);
      assertThat(
              run(
                  server,
                  "SELECT count(*) FROM pg_settings WHERE name = 'listen_addresses' AND setting = '127.0.0.1'"))
          .isEqualTo(1);
    }
  }

  /** A server in its own JVM, for {@link #what_a_killed_process_left_running_is_taken_over}. */
  public static void main(String[] args) throws Exception {
    PostgresServer server = PostgresServer.start(Path.of(args[0]), 0, true);
    run(server, "CREATE TABLE t AS SELECT 42 AS n");
    System.out.println("ready");
    Thread.currentThread().join();
  }

  @Test
  void what_a_killed_process_left_running_is_taken_over() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresServerTest.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.lines().anyMatch("ready"::equals)).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    long orphan = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    assertThat(ProcessHandle.of(orphan)).isPresent();
    try (PostgresServer server = PostgresServer.start(data, 0, true)) {
      assertThat(run(server, "SELECT n FROM t")).isEqualTo(42);
      assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Test
  void a_directory_of_another_version_is_named_with_what_to_do() throws Exception {
    PostgresServer.start(data, 0, true).close();
    Files.writeString(data.resolve("PG_VERSION"), "9.6\n");
    assertThatThrownBy(() -> PostgresServer.start(data, 0, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("written by PostgreSQL 9.6, this is 14");
  }
}
