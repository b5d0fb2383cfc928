// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.LakeSettings;
import aqueduct.logs.FileLedger;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.ReadLimitsProperties;
import aqueduct.stores.enrichment.EnrichmentProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.apache.spark.SparkConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Does one task and ends. Exit status: 0 done, 1 the work failed, 4 another correction is running.
 * What came of each day is a line of JSON on standard output.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({
  CorrectionProperties.class,
  ReadLimitsProperties.class,
  EnrichmentProperties.class
})
public class CorrectionApplication {
  private static final Logger log = LoggerFactory.getLogger(CorrectionApplication.class);
  private static final int FAILED = 1;
  private static final int TAKEN = 4;

  public static void main(String[] args) {
    int status;
    try (ConfigurableApplicationContext context = start(args)) {
      status = run(context);
    } finally {
      Database.closeAll();
    }
    System.exit(status);
  }

  static ConfigurableApplicationContext start(String... args) {
    SpringApplication boot = new SpringApplication(CorrectionApplication.class);
    boot.setWebApplicationType(WebApplicationType.NONE);
    return boot.run(args);
  }

  /** The job repository lives in the metric store's database. */
  @Bean
  DataSource correctionDatabase(CorrectionProperties properties) {
    return database(properties).pool();
  }

  static Database database(CorrectionProperties properties) {
    return new Database(properties.jdbcUrl(), properties.user(), properties.password());
  }

  private static int run(ConfigurableApplicationContext context) {
    CorrectionProperties properties = context.getBean(CorrectionProperties.class);
    try (LazySpark spark = new LazySpark(conf(properties));
        Correction correction =
            new Correction(
                spark,
                settings(
                    properties,
                    context.getBean(ReadLimitsProperties.class),
                    context.getBean(EnrichmentProperties.class)),
                new CorrectionJob(
                    context.getBean(JobRepository.class), context.getBean(JobOperator.class)),
                ledger(properties, context.getBeanProvider(FileLedger.class)),
                Clock.systemUTC())) {
      CorrectionTask.run(spark, correction, properties);
      return 0;
    } catch (CorrectionLock.TakenException e) {
      log.error("{}", e.getMessage());
      return TAKEN;
    } catch (IOException | RuntimeException e) {
      log.error("The correction failed; started again it goes on where it was", e);
      return FAILED;
    }
  }

  private static FileLedger ledger(
      CorrectionProperties properties, ObjectProvider<FileLedger> ledger) {
    return properties.ledger().isEmpty() ? new NoLedger() : ledger.getObject();
  }

  static CorrectionSettings settings(
      CorrectionProperties properties, ReadLimitsProperties limits, EnrichmentProperties enrichment)
      throws IOException {
    return new CorrectionSettings(
        properties.raw(),
        properties.rejected(),
        properties.grace(),
        properties.lateness(),
        properties.alarm(),
        properties.partitions(),
        properties.dictionary(),
        properties.pages(),
        database(properties),
        lake(properties),
        enrichment,
        limits.limits(),
        reports(properties.reports()));
  }

  static LakeSettings lake(CorrectionProperties properties) {
    return new LakeSettings(
        properties.warehouse(),
        properties.jdbcUrl(),
        properties.user(),
        properties.password(),
        properties.catalog());
  }

  private static List<ReportSpec> reports(String file) throws IOException {
    if (file.isEmpty()) {
      return ReportSpec.defaults();
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return ReportSpec.load(in);
    }
  }

  static SparkConf conf(CorrectionProperties properties) {
    SparkConf conf = new SparkConf().setAppName("aqueduct-correction");
    if (!properties.master().isEmpty()) {
      conf.setMaster(properties.master());
    }
    if (properties.master().startsWith("local")) {
      conf.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1");
    }
    conf.setIfMissing("spark.ui.enabled", "false");
    return conf;
  }
}
