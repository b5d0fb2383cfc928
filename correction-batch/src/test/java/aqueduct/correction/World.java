// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.correction.Correction.Request;
import aqueduct.correction.lake.LakeSettings;
import aqueduct.correction.raw.ErasedLines.Subject;
import aqueduct.correction.raw.RawStore;
import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.logs.ReadLimits;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricRow;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.enrichment.EnrichmentProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A backup folder, a metric store, a ledger and a lake of their own, in one PostgreSQL and one
 * Spark for all tests of the JVM.
 */
final class World implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Started once. */
  private static final class Shared {
    static final EmbeddedPostgres POSTGRES = postgres();
    static final JavaSparkContext SPARK =
        new JavaSparkContext(
            new org.apache.spark.SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.ui.enabled", "false"));

    private static EmbeddedPostgres postgres() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  final TestLogs logs;
  final InMemoryFileLedger ledger = new InMemoryFileLedger();
  final Database database;
  final Path directory;
  EnrichmentProperties enrichment = EnrichmentProperties.defaults();
  ReadLimits limits = ReadLimits.defaults();
  private final ConfigurableApplicationContext batch;

  World(Path directory) throws SQLException {
    this.directory = directory;
    String name = "world_" + COUNT.incrementAndGet();
    try (Connection connection = Shared.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    database = new Database(Shared.POSTGRES.getJdbcUrl("postgres", name), "postgres", "");
    logs = new TestLogs(directory.resolve("backup"));
    batch =
        CorrectionApplication.start(
            "--aqueduct.correction.jdbc-url=" + database.jdbcUrl(),
            "--aqueduct.correction.user=postgres");
    database.createSchema(ReportSpec.defaults());
  }

  /** Datasets of a folder, over the bundled ones. */
  void useDatasets(Path folder) {
    enrichment =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of("aqueduct.enrichment.datasets", folder.toString())))
            .bindOrCreate("aqueduct.enrichment", EnrichmentProperties.class);
  }

  static JavaSparkContext spark() {
    return Shared.SPARK;
  }

  String raw() {
    return logs.folder().toUri().toString().replaceFirst("/$", "");
  }

  /** The store of rejections; it need not be there. */
  private String rejected() {
    Path folder = directory.resolve("rejected");
    return java.nio.file.Files.isDirectory(folder) ? folder.toUri().toString() : "";
  }

  RawStore store() {
    return RawStore.at(raw());
  }

  List<Kept> kept() {
    try (Stream<Kept> all = store().list()) {
      return all.toList();
    }
  }

  LivePath live() {
    return new LivePath(metrics(), ledger, limits);
  }

  MetricStore metrics() {
    return database.metrics(ReportSpec.defaults());
  }

  CorrectedDays days() {
    return database.days(ReportSpec.defaults());
  }

  CorrectionSettings settings() {
    return new CorrectionSettings(
        raw(),
        rejected(),
        Duration.ofMinutes(15),
        Duration.ofDays(3),
        0.001,
        2,
        1000,
        1000,
        database,
        lake(),
        enrichment,
        limits,
        ReportSpec.defaults());
  }

  LakeSettings lake() {
    return new LakeSettings(
        directory.resolve("lake").toUri().toString(), database.jdbcUrl(), "postgres", "", Map.of());
  }

  List<Outcome> correct(Instant now, LocalDate... days) {
    return correct(new Request(List.of(days), false, false, "test", "because"), now);
  }

  List<Outcome> correct(Request request, Instant now) {
    return correct(request, now, outcome -> {});
  }

  /** Tells each day's outcome before the next day begins. */
  List<Outcome> correct(Request request, Instant now, Consumer<Outcome> told) {
    try (Correction correction = correction(now)) {
      return correction.run(request, told);
    }
  }

  List<Outcome> erase(Subject subject, Request request, Instant now) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    try (Correction correction = correction(now)) {
      correction.erase(subject, request, outcomes::add);
    }
    return outcomes;
  }

  private Correction correction(Instant now) {
    return new Correction(
        World::spark,
        settings(),
        new CorrectionJob(batch.getBean(JobRepository.class), batch.getBean(JobOperator.class)),
        ledger,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  /** All cells of a report's day, as text. */
  List<String> cells(String report, LocalDate day, int generation) {
    ReportSpec spec =
        ReportSpec.defaults().stream()
            .filter(r -> r.name().equals(report))
            .findFirst()
            .orElseThrow();
    MetricQuery query =
        new MetricQuery(
            report,
            day.atStartOfDay().toInstant(ZoneOffset.UTC),
            day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
            Grain.FIVE_MINUTES,
            spec.dimensions(),
            Map.of());
    return days().query(query, generation).stream().map(World::text).toList();
  }

  private static String text(MetricRow row) {
    var m = row.measures();
    return String.join(
        "|",
        row.bucketStart().toString(),
        row.dimensions().toString(),
        List.of(
                m.requests(),
                m.pageViews(),
                m.bytesSent(),
                m.cacheHits(),
                m.cacheable(),
                m.status2xx(),
                m.status3xx(),
                m.status4xx(),
                m.status5xx())
            .toString(),
        Double.toString(m.uniqueVisitors()),
        Double.toString(m.durationQuantile(0.5)),
        Double.toString(m.durationQuantile(0.99)));
  }

  @Override
  public void close() {
    batch.close();
  }
}
