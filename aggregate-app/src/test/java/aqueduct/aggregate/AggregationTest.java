// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.contracts.Events;
import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.RecordSink;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FileProgress;
import aqueduct.metrics.ReportSpec;
import aqueduct.servers.kinesis.KinesisServer;
import aqueduct.servers.kinesis.KinesisSettings;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The stream's records -> the metric store, on a Kinesis endpoint, Spark and PostgreSQL of their
 * own.
 */
class AggregationTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  @TempDir static Path folder;
  private static KinesisServer server;
  private static EmbeddedPostgres postgres;
  private static SparkSession spark;
  private static KinesisClient kinesis;
  private static int run;

  private final Progress progress = new Progress();
  private final List<Aggregation> running = new ArrayList<>();
  private AggregateSettings settings;
  private MetricStore store;
  private RecordSink sink;

  @BeforeAll
  static void start() throws Exception {
    server = KinesisServer.start(folder, KinesisSettings.defaults());
    System.setProperty("aws.endpointUrlKinesis", server.endpoint().toString());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    kinesis = KinesisClient.create();
    postgres = EmbeddedPostgres.builder().start();
    spark =
        AggregateApplication.session(
            new AggregateProperties(
                "s",
                "r",
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                null,
                12,
                2,
                0,
                "local[2]",
                "jdbc:x",
                "",
                "",
                "",
                "",
                0,
                -1));
  }

  @AfterAll
  static void stop() throws Exception {
    spark.stop();
    StoreSettings.closeAll();
    kinesis.close();
    server.close();
    postgres.close();
  }

  @BeforeEach
  void fresh() throws Exception {
    String stream = "enriched-" + ++run;
    kinesis.createStream(request -> request.streamName(stream).shardCount(2));
    if (run == 1) {
      kinesis.createStream(request -> request.streamName("rejected-logs").shardCount(1));
    }
    Awaitility.await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(r -> r.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatusAsString()
                    .equals("ACTIVE"));
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + stream.replace('-', '_'));
    }
    settings =
        new AggregateSettings(
            stream,
            "rejected-logs",
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            -1,
            12,
            2,
            0,
            new StoreSettings(
                postgres.getJdbcUrl("postgres", stream.replace('-', '_')), "postgres", ""),
            ReportSpec.defaults());
    settings.store().createSchema(settings.reports());
    store = settings.store().open(settings.reports());
    sink = new KinesisRecordSink(kinesis, SinkSettings.defaults(), pipe -> pipe);
  }

  @AfterEach
  void end() {
    running.forEach(Aggregation::close);
  }

  private Aggregation aggregate() {
    Aggregation aggregation = new Aggregation(spark, settings, store, progress);
    running.add(aggregation);
    Thread thread = new Thread(aggregation::run, "aggregation");
    thread.setDaemon(true);
    thread.start();
    return aggregation;
  }

  private static PackedRecord chunk(long file, int ordinal, List<EnrichedLog> events) {
    Packer packer = new Packer(Codec.ZSTD);
    for (EnrichedLog event : events) {
      byte[] bytes = event.toByteArray();
      packer.add(bytes, 0, bytes.length);
    }
    return packer.pack(
        ChunkHeader.newBuilder()
            .setFileId(file)
            .setFirstLine(1 + ordinal * 1000)
            .setOrdinal(ordinal)
            .setLines(events.size() + 2)
            .setRejected(1)
            .setFiltered(1)
            .setMessageType("EnrichedLog")
            .build());
  }

  private static PackedRecord chunk(long file, int ordinal, int events) {
    return chunk(file, ordinal, Events.enriched(file * 100 + ordinal, events, NOON));
  }

  private long requests() {
    return store
        .query(
            new MetricQuery(
                "traffic",
                Instant.EPOCH,
                NOON.plus(Duration.ofDays(900)),
                Grain.ALL,
                List.of(),
                Map.of()))
        .stream()
        .mapToLong(row -> row.measures().requests())
        .sum();
  }

  private void awaitRequests(long expected) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> requests() >= expected);
    assertThat(requests()).isEqualTo(expected);
  }

  private FileProgress file(long file) {
    return store.progress(file).orElseThrow();
  }

  @Test
  void every_chunk_counts_once_however_often_it_is_sent() {
    sink.put(settings.stream(), List.of(chunk(1, 0, 500), chunk(1, 1, 300), chunk(1, 0, 500)));
    aggregate();
    awaitRequests(800);
    sink.put(
        settings.stream(), List.of(chunk(1, 0, 500), chunk(1, 2, 7))); // a repeat in a later window
    awaitRequests(807);
    assertThat(file(1).chunks()).isEqualTo(3);
    assertThat(file(1).lines())
        .isEqualTo(813)
        .isEqualTo(file(1).events() + file(1).rejected() + file(1).filtered());
    assertThat(file(1).duplicateLines()).isEqualTo(2 * 502);
  }

  @Test
  void a_new_start_goes_on_where_the_metric_store_ends() {
    sink.put(settings.stream(), List.of(chunk(2, 0, 100)));
    Aggregation first = aggregate();
    awaitRequests(100);
    first.close();
    sink.put(settings.stream(), List.of(chunk(2, 1, 50)));
    aggregate();
    awaitRequests(150);
    assertThat(file(2).duplicateLines()).isZero(); // nothing was read twice
  }

  @Test
  void two_aggregations_at_once_count_once() {
    aggregate();
    aggregate();
    for (int ordinal = 0; ordinal < 20; ordinal++) {
      sink.put(settings.stream(), List.of(chunk(3, ordinal, 100)));
    }
    awaitRequests(2000);
    assertThat(file(3).chunks()).isEqualTo(20);
  }

  @Test
  void a_split_and_a_merge_lose_nothing() {
    aggregate();
    for (int ordinal = 0; ordinal < 30; ordinal++) {
      sink.put(settings.stream(), List.of(chunk(4, ordinal, 100)));
      if (ordinal == 10) {
        kinesis.updateShardCount(
            r ->
                r.streamName(settings.stream()).targetShardCount(4).scalingType("UNIFORM_SCALING"));
      }
      if (ordinal == 20) {
        awaitActive();
        kinesis.updateShardCount(
            r ->
                r.streamName(settings.stream()).targetShardCount(2).scalingType("UNIFORM_SCALING"));
      }
    }
    awaitRequests(3000);
    assertThat(file(4).duplicateLines()).isZero();
  }

  private void awaitActive() {
    Awaitility.await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(r -> r.streamName(settings.stream()))
                    .streamDescriptionSummary()
                    .streamStatusAsString()
                    .equals("ACTIVE"));
  }

  @Test
  void what_is_damaged_or_from_the_future_is_rejected_and_the_rest_goes_on() throws Exception {
    byte[] torn = chunk(5, 1, 10).data();
    torn[torn.length / 2] ^= 1;
    EnrichedLog future =
        EnrichedLog.newBuilder()
            .setTimeUs(Instant.now().plusSeconds(86400).getEpochSecond() * 1_000_000)
            .build();
    EnrichedLog old = EnrichedLog.newBuilder().setTimeUs(0).setSiteId("old.example").build();
    sink.put(
        settings.stream(),
        List.of(
            chunk(5, 0, List.of(future, old)), new PackedRecord("torn", torn), chunk(5, 2, 10)));
    aggregate();
    awaitRequests(11);
    assertThat(file(5).lines())
        .isEqualTo(16)
        .isEqualTo(file(5).events() + file(5).rejected() + file(5).filtered());
    assertThat(file(5).rejected()).isEqualTo(3);
    assertThat(rejections())
        .extracting(Rejection::getReason)
        .contains("bad_digest", "event_in_the_future");
  }

  private List<Rejection> rejections() throws Exception {
    List<Rejection> rejections = new ArrayList<>();
    for (Shard shard : kinesis.listShards(r -> r.streamName("rejected-logs")).shards()) {
      String iterator =
          kinesis
              .getShardIterator(
                  r ->
                      r.streamName("rejected-logs")
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      for (var record : kinesis.getRecords(r -> r.shardIterator(iterator)).records()) {
        new Unpacker("Rejection")
            .unpack(record.data().asByteArray())
            .forEach(
                (buffer, from, to) -> {
                  try {
                    rejections.add(
                        Rejection.parseFrom(java.nio.ByteBuffer.wrap(buffer, from, to - from)));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
      }
    }
    return rejections;
  }

  @Test
  void a_metric_store_that_is_away_delays_a_window_and_loses_none() throws Exception {
    aggregate();
    sink.put(settings.stream(), List.of(chunk(6, 0, 100)));
    awaitRequests(100);
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      String database = settings.stream().replace('-', '_');
      statement.execute("alter database " + database + " allow_connections false");
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
              + database
              + "'");
      sink.put(settings.stream(), List.of(chunk(6, 1, 100)));
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !progress.healthy());
      statement.execute("alter database " + database + " allow_connections true");
    }
    awaitRequests(200);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(progress::healthy);
  }

  @Test
  void a_window_can_be_read_again_as_a_batch() {
    sink.put(settings.stream(), List.of(chunk(7, 0, 5), chunk(7, 1, 5)));
    long from = System.currentTimeMillis() - 60_000;
    var rows =
        spark
            .read()
            .format("kinesis-windows")
            .option("stream", settings.stream())
            .option("fromMillis", from)
            .option("toMillis", from + 120_000)
            .load();
    assertThat(rows.select("partition_key").distinct().count()).isEqualTo(2);
    assertThat(rows.count()).isEqualTo(2);
  }

  @Test
  void a_record_that_is_no_chunk_is_one_event() {
    EnrichedLog event =
        EnrichedLog.newBuilder()
            .setFileId(8)
            .setLine(3)
            .setTimeUs(NOON.getEpochSecond() * 1_000_000)
            .setSiteId("x")
            .build();
    kinesis.putRecord(
        r ->
            r.streamName(settings.stream())
                .partitionKey("any")
                .data(SdkBytes.fromByteArray(event.toByteArray())));
    aggregate();
    awaitRequests(1);
  }
}
