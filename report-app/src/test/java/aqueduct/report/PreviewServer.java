// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.ReportSpec;
import aqueduct.stores.metrics.PostgresCorrectedDays;
import org.springframework.boot.SpringApplication;

/** The page on made numbers, to be looked at: run it and open http://127.0.0.1:8080. */
final class PreviewServer {

  private PreviewServer() {}

  public static void main(String[] args) {
    var postgres = FilledStore.start();
    var database = postgres.getPostgresDatabase();
    FilledStore.correct(
        new PostgresCorrectedDays(database, ReportSpec.defaults()), FilledStore.fill(database));
    System.setProperty("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"));
    System.setProperty("spring.datasource.username", "postgres");
    SpringApplication.run(ReportApplication.class, args);
  }
}
