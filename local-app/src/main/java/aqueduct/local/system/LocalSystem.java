// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.logs.FileLedger;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersSettings;
import aqueduct.stores.metrics.MetricSchema;
import aqueduct.stores.metrics.PostgresMetricStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A data directory -> the pipeline, running until it is closed. One at a time in a JVM: its
 * addresses are system properties, as the SDKs of AWS read them.
 */
public final class LocalSystem implements AutoCloseable {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          Endpoints.S3,
          "aws.endpointUrlS3",
          Endpoints.SQS,
          "aws.endpointUrlSqs",
          Endpoints.KINESIS,
          "aws.endpointUrlKinesis",
          Endpoints.DYNAMODB,
          "aws.endpointUrlDynamoDb",
          Endpoints.REGION,
          "aws.region",
          "AWS_ACCESS_KEY_ID",
          "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY",
          "aws.secretAccessKey");

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final SystemSettings settings;
  private final Topology topology;
  private final EmbeddedServers servers;
  private final MetricStore metrics;
  private final Thread hook;
  private volatile boolean stopping;
  private @Nullable AggregateProcess aggregate;
  private @Nullable ConfigurableApplicationContext context;

  /** All functions; the page only where a web server was asked for. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Functions {}

  private LocalSystem(
      SystemSettings settings, Topology topology, EmbeddedServers servers, MetricStore metrics) {
    this.settings = settings;
    this.topology = topology;
    this.servers = servers;
    this.metrics = metrics;
    running.push(servers);
    hook = new Thread(this::stop, "stop-system");
  }

  /** Returns when all of it runs; Spark may take some seconds more until its first window. */
  public static LocalSystem start(SystemSettings settings, Consumer<String> tell)
      throws IOException {
    Topology topology = Topology.read(settings.config());
    tell.accept("Starting S3, SQS, Kinesis, DynamoDB and PostgreSQL");
    EmbeddedServers servers =
        EmbeddedServers.start(settings.data(), ServersSettings.defaults(), topology.servers());
    LocalSystem system;
    try {
      system = new LocalSystem(settings, topology, servers, metrics(servers.endpoints()));
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
    // However the process ends, no Spark and no PostgreSQL outlives it.
    Runtime.getRuntime().addShutdownHook(system.hook);
    try {
      system.announce();
      system.startElements(tell);
      return system;
    } catch (IOException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /** Tells other processes where the servers are, for as long as they run. */
  private void announce() throws IOException {
    Path env = settings.data().resolve("aqueduct.env");
    RunningFile process = new RunningFile(settings.data());
    endpoints().writeEnvFile(env);
    process.write();
    running.push(
        () -> {
          process.remove();
          Files.deleteIfExists(env);
        });
  }

  private void startElements(Consumer<String> tell) throws IOException {
    endpoints().env().forEach(LocalSystem::property);
    tell.accept("Starting the aggregation (Spark)");
    AggregateProcess spark = AggregateProcess.start(settings, topology, endpoints(), tell);
    running.push(spark);
    aggregate = spark;
    tell.accept("Starting backup, router, streamify and enrich");
    ConfigurableApplicationContext started = functions().run(arguments());
    running.push(started);
    context = started;
  }

  private SpringApplication functions() {
    SpringApplication functions = new SpringApplication(Functions.class);
    functions.setDefaultProperties(
        Map.of("aqueduct.enrichment.datasets", datasets(settings.data()).toString()));
    return functions;
  }

  /** Where a data directory keeps the datasets that were added to the bundled ones. */
  public static Path datasets(Path data) {
    return data.resolve("datasets");
  }

  private static void property(String name, String value) {
    String property = PROPERTIES.get(name);
    if (property != null) System.setProperty(property, value);
  }

  /** The metric store behind the address, with its tables made where they are missing. */
  public static MetricStore metrics(Endpoints endpoints) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(endpoints.jdbcUrl());
    MetricSchema.create(source, ReportSpec.defaults());
    return new PostgresMetricStore(source, ReportSpec.defaults());
  }

  private String[] arguments() {
    List<String> arguments = new ArrayList<>();
    settings
        .config()
        .ifPresent(file -> arguments.add("--spring.config.additional-location=" + file.toUri()));
    arguments.add("--spring.datasource.url=" + endpoints().jdbcUrl());
    arguments.add("--spring.datasource.username=postgres");
    settings
        .pagePort()
        .ifPresentOrElse(
            port -> {
              arguments.add("--spring.main.web-application-type=servlet");
              arguments.add("--server.port=" + port);
            },
            () ->
                arguments.add(
                    "--spring.autoconfigure.exclude=aqueduct.report.ReportConfiguration"));
    return arguments.toArray(String[]::new);
  }

  public Endpoints endpoints() {
    return servers.endpoints();
  }

  public EmbeddedServers servers() {
    return servers;
  }

  public Topology topology() {
    return topology;
  }

  public Path data() {
    return settings.data();
  }

  public S3Client s3() {
    return bean(S3Client.class);
  }

  public FileLedger ledger() {
    return bean(FileLedger.class);
  }

  private <T> T bean(Class<T> type) {
    if (context == null) throw new IllegalStateException("The functions do not run");
    return context.getBean(type);
  }

  public MetricStore metrics() {
    return metrics;
  }

  /**
   * Looks whether all parts live, and starts again what does not.
   *
   * @throws IOException naming the part that ends again and again
   */
  public void check() throws IOException {
    if (aggregate != null) aggregate.check();
  }

  /** The process of the aggregation; another one after it had to be started again. */
  public long aggregatePid() {
    if (aggregate == null) throw new IllegalStateException("The aggregation does not run");
    return aggregate.pid();
  }

  private void stop() {
    stopping = true;
    closeAll();
  }

  @Override
  public void close() {
    closeAll();
    if (!stopping) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        stopping = true; // the JVM has begun to end: the hook finds nothing left to close
      }
    }
  }

  private synchronized void closeAll() {
    List<String> failed = new ArrayList<>();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        failed.add(e.toString());
      }
    }
    PROPERTIES.values().forEach(System::clearProperty);
    if (!failed.isEmpty()) throw new IllegalStateException("Not all of it stopped: " + failed);
  }
}
