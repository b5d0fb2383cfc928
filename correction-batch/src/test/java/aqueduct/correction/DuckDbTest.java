// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.correction.lake.Lake;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);
  @TempDir private Path directory;

  @Test
  void another_engine_reads_the_lake_and_comes_to_the_same_numbers() throws Exception {
    try (World world = new World(directory)) {
      world.logs.hour("a", DAY, 9, 300);
      world.logs.hour("b", DAY, 10, 300);
      world.correct(Instant.parse("2026-01-17T00:00:00Z"), DAY);
      String files;
      try (Lake lake = Lake.open(world.lake())) {
        files =
            lake.files(DAY).stream()
                .map(file -> "'" + URI.create(file.location()).getPath() + "'")
                .collect(Collectors.joining(", ", "[", "]"));
      }
      String sql =
          Files.readString(
              Path.of(System.getProperty("aqueduct.root"), "manifests/lake/duckdb.sql"));
      try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = duck.createStatement()) {
        statement.execute("set variable live_files = " + files);
        statement.execute(sql);
        long requests = 0;
        try (ResultSet row =
            statement.executeQuery("select site_id, day, requests, visitors from site_days")) {
          while (row.next()) {
            assertThat(row.getString(2)).isEqualTo("2026-01-15");
            assertThat((double) row.getLong(4)).isEqualTo(exact(world, row.getString(1)));
            requests += row.getLong(3);
          }
        }
        assertThat(requests).isEqualTo(600);
        try (ResultSet row = statement.executeQuery("select count(*), sum(events) from sources")) {
          row.next();
          assertThat(row.getLong(1)).isEqualTo(2);
          assertThat(row.getLong(2)).isEqualTo(600);
        }
      }
    }
  }

  private static double exact(World world, String site) {
    return world.days().exact(DAY, 1).stream()
        .filter(m -> m.report().equals("traffic") && m.dimensions().get(0).equals(site))
        .mapToDouble(m -> m.value())
        .sum();
  }
}
