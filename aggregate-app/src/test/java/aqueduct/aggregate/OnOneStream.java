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
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A stream of two shards and a metric store for each test, on a Kinesis endpoint, Spark and
 * PostgreSQL of their own, and aggregations between them.
 */
abstract class OnOneStream {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  @TempDir static Path folder;
  private static KinesisServer server;
  static EmbeddedPostgres postgres;
  static SparkSession spark;
  static KinesisClient kinesis;
  private static int run;
  final Progress progress = new Progress();
  private final List<Aggregation> running = new ArrayList<>();
  AggregateSettings settings;
  MetricStore store;
  RecordSink sink;

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
    awaitActive(stream);
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

  Aggregation aggregate() {
    Aggregation aggregation = new Aggregation(spark, settings, store, progress);
    running.add(aggregation);
    Thread thread = new Thread(aggregation::run, "aggregation");
    thread.setDaemon(true);
    thread.start();
    return aggregation;
  }

  static PackedRecord chunk(long file, int ordinal, List<EnrichedLog> events) {
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

  static PackedRecord chunk(long file, int ordinal, int events) {
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

  void awaitRequests(long expected) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> requests() >= expected);
    assertThat(requests()).isEqualTo(expected);
  }

  FileProgress file(long file) {
    return store.progress(file).orElseThrow();
  }

  static void awaitActive(String stream) {
    Awaitility.await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(r -> r.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatusAsString()
                    .equals("ACTIVE"));
  }

  List<Rejection> rejections() throws Exception {
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
}
