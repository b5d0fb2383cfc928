// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal data that occur nowhere else go in as a log: they are in the raw backup and on raw-logs,
 * and in nothing that comes after.
 */
class CanaryTest {
  private static final String FILE = "E2CANARY00001.2026-09-15-10.abcd1234";
  private static final List<String> PERSONAL =
      List.of("198.51.100.77", "198.51.100.78", "xyzzy", "4c41b2e9", "47113");
  private static final String LOG =
      """
      #Version: 1.0
      #Fields: date time c-ip c-port cs-method x-host-header cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-forwarded-for x-edge-request-id x-edge-result-type x-custom
      2026-09-15	10:00:01	198.51.100.77	47113	GET	www.example.org	/u/xyzzy.path%2540example.org/reset/xyzzyT0ken1	200	https://xyzzyuser@www.google.com/search?q=x&mail=xyzzy.ref@example.org	Mozilla/5.0%20(X11;%20Linux%20x86_64)	mail=xyzzy.query@example.org&utm_source=xyzzy.source@example.org&name=xyzzyname	vid=xyzzyvisitor;%20other=xyzzyother	198.51.100.78	xyzzy-request-id-4c41b2e9	Hit	of%20xyzzy.column@example.org
      """;

  @TempDir Path directory;

  @Test
  void a_canary_is_in_no_log_output_no_stream_beyond_enrich_and_no_metric() throws Exception {
    SharedPipeline.system();
    Path file = Files.writeString(directory.resolve(FILE), LOG);
    assertThat(SharedPipeline.deliver(List.of(file)))
        .singleElement()
        .satisfies(account -> assertThat(account.events()).isEqualTo(1));
    assertThat(found(text("tail", "raw-logs", "--where", "site.distribution_id=E2CANARY00001")))
        .as("what is looked for is found where it may be")
        .contains("198.51.100.77", "xyzzy");
    String enriched = text("tail", "enriched-logs", "--from-start");
    assertThat(enriched).contains("198.51.100.0", "E2CANARY00001", "/u/[email]/reset/[token]");
    assertThat(found(enriched)).as("enriched-logs").isEmpty();
    assertThat(found(text("bad", "--format", "ndjson"))).as("rejections").isEmpty();
    assertThat(found(text("status", "--format", "json"))).as("status").isEmpty();
    assertThat(found(metricStore())).as("the metric store").isEmpty();
    for (Path log : logs()) {
      String text = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
      assertThat(found(text)).as(log.toString()).isEmpty();
    }
  }

  private static String text(String... words) {
    Cli cli = Cli.onShared(words);
    assertThat(cli.status()).as(cli.err()).isZero();
    return cli.out() + cli.err();
  }

  private static List<String> found(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return PERSONAL.stream().filter(small::contains).toList();
  }

  /** Every row of every table. */
  private static String metricStore() throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (Connection store =
            DriverManager.getConnection(SharedPipeline.system().endpoints().jdbcUrl());
        Statement statement = store.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery(
              "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                  + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
        while (found.next()) tables.add(found.getString(1));
      }
      assertThat(tables).isNotEmpty();
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (row.next()) rows.append(row.getString(1)).append('\n');
        }
      }
    }
    assertThat(rows).as("the event is counted").contains("2026-09-15");
    return rows.toString();
  }

  /** Of this JVM, which runs all functions, and of Spark's. */
  private static List<Path> logs() throws IOException {
    try (Stream<Path> stored = Files.walk(SharedPipeline.DATA.resolve("logs"))) {
      List<Path> logs = new ArrayList<>(stored.filter(Files::isRegularFile).toList());
      Path own = Path.of(System.getProperty("aqueduct.log"));
      if (Files.exists(own)) logs.add(own);
      assertThat(logs).isNotEmpty();
      return logs;
    }
  }
}
