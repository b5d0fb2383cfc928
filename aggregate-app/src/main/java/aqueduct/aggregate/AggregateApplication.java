// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.ReportSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * The Spark application. Spring Boot reads and validates the settings in the driver and does
 * nothing else, hence no auto-configuration: it would look at clients that a job jar has no need
 * of. What runs on executors knows no Spring. Exit status 3: another writer has taken over.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AggregateProperties.class)
public class AggregateApplication {
  private static final Logger log = LoggerFactory.getLogger(AggregateApplication.class);
  private static final int FENCED = 3;
  private static final int PARENT_GONE = 4;

  public static void main(String[] args) throws IOException {
    SpringApplication boot = new SpringApplication(AggregateApplication.class);
    boot.setWebApplicationType(WebApplicationType.NONE);
    boot.setRegisterShutdownHook(false);
    AggregateProperties properties;
    try (ConfigurableApplicationContext context = boot.run(args)) {
      properties = context.getBean(AggregateProperties.class);
    }
    if (properties.parentPid() > 0) endWith(properties.parentPid());
    System.exit(run(properties));
  }

  /**
   * At once and without closing anything: its servers are gone as well, and what was not applied is
   * read again.
   */
  private static void endWith(long parent) {
    var unused =
        ProcessHandle.of(parent)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRun(() -> Runtime.getRuntime().halt(PARENT_GONE));
  }

  @SuppressWarnings("try") // the health page only has to be open
  private static int run(AggregateProperties properties) throws IOException {
    AggregateSettings settings = settings(properties);
    settings.store().createSchema(settings.reports());
    Progress progress = new Progress();
    CountDownLatch finished = new CountDownLatch(1);
    try (SparkSession spark = session(properties);
        MetricStore store = settings.store().open(settings.reports());
        AutoCloseable unusedHealth = health(properties, progress);
        AutoCloseable unusedHeartbeat = heartbeat(settings, progress);
        Aggregation aggregation = new Aggregation(spark, settings, store, progress)) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(aggregation, finished), "stop-aggregation"));
      log.info(
          "Aggregating windows of {} s of {} into the {}",
          settings.window().toSeconds(),
          settings.stream(),
          settings.store());
      aggregation.run();
      return 0;
    } catch (FencedException e) {
      log.error("{}", e.getMessage());
      return FENCED;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      StoreSettings.closeAll();
      finished.countDown();
    }
  }

  private static AutoCloseable heartbeat(AggregateSettings settings, Progress progress) {
    return settings
        .store()
        .writers()
        .<AutoCloseable>map(writers -> HeartbeatSender.start(writers, progress, settings))
        .orElse(() -> {});
  }

  /** On SIGTERM: ends the query, then waits until everything is closed. */
  private static void stop(Aggregation aggregation, CountDownLatch finished) {
    aggregation.close();
    try {
      if (!finished.await(20, TimeUnit.SECONDS)) {
        log.warn("Not closed within 20 s; what was staged is swept later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AggregateSettings settings(AggregateProperties properties) throws IOException {
    return new AggregateSettings(
        properties.stream(),
        properties.rejectedPipe(),
        properties.window(),
        properties.settle(),
        properties.start() == null ? -1 : properties.start().toEpochMilli(),
        properties.maxWindows(),
        properties.partitions(),
        properties.writerToken(),
        new StoreSettings(
            properties.jdbcUrl(),
            properties.user(),
            properties.password(),
            properties.dynamodbTable()),
        reports(properties.reports()));
  }

  private static List<ReportSpec> reports(String file) throws IOException {
    if (file.isEmpty()) {
      return ReportSpec.defaults();
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return ReportSpec.load(in);
    }
  }

  static SparkSession session(AggregateProperties properties) {
    SparkConf conf = new SparkConf().setAppName("aqueduct-aggregate");
    if (!properties.master().isEmpty()) {
      conf.setMaster(properties.master());
    }
    if (properties.master().startsWith("local")) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.serializer", KryoSerializer.class.getName());
    conf.setIfMissing("spark.sql.streaming.stopTimeout", "15s");
    conf.setIfMissing("spark.sql.session.timeZone", "UTC");
    conf.setIfMissing("spark.sql.shuffle.partitions", Integer.toString(properties.partitions()));
    conf.setIfMissing("spark.sql.streaming.metricsEnabled", "false");
    conf.setIfMissing("spark.sql.streaming.minBatchesToRetain", "2");
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static AutoCloseable health(AggregateProperties properties, Progress progress)
      throws IOException {
    if (properties.healthPort() < 0) {
      return () -> {};
    }
    HealthServer server = HealthServer.start(properties.healthPort(), progress, Clock.systemUTC());
    log.info("Health on http://127.0.0.1:{}/health", server.port());
    return server;
  }
}
