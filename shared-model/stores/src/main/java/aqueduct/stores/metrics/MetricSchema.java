// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import aqueduct.metrics.ReportSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database -> one that can hold metrics: tables, and for every report a view with named columns.
 * May be repeated.
 */
public final class MetricSchema {
  private static final long LOCK = 0x41715564L; // one creator at a time

  private MetricSchema() {}

  public static void create(DataSource dataSource, List<ReportSpec> reports) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(script());
      for (ReportSpec report : reports) {
        statement.execute(view(report));
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new MetricStoreException(
          "the metric store's schema could not be created: " + e.getMessage(), e);
    }
  }

  private static String view(ReportSpec report) {
    if (!report.name().matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "report "
              + report.name()
              + ": the name must be lower-case letters, digits and _, at most 41");
    }
    String name = "report_" + report.name();
    StringBuilder columns = new StringBuilder("bucket_start");
    for (int i = 0; i < report.dimensions().size(); i++) {
      columns
          .append(", dimensions[")
          .append(i + 1)
          .append("] as \"")
          .append(report.dimensions().get(i).replace("\"", ""))
          .append('"');
    }
    return "drop view if exists "
        + name
        + "; create view "
        + name
        + " as select "
        + columns
        + ", "
        + String.join(", ", MetricTable.COUNTERS)
        + " from published_metric where report = '"
        + report.name()
        + "'";
  }

  private static String script() {
    try (InputStream in = MetricSchema.class.getResourceAsStream("schema.sql")) {
      if (in == null) {
        throw new IllegalStateException("schema.sql is missing from the stores jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
