// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A day of rising and falling load in some seconds: time is the test's, the records are real. */
class StreamScalerTest {
  private static final String STREAM = "raw-logs";
  private static final int RECORDS_AN_HOUR = 40;
  @TempDir Path directory;
  private EmbeddedServers servers;
  private KinesisClient kinesis;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<Load> loads = new ArrayList<>();
  private int written;

  @BeforeEach
  void start() throws Exception {
    servers =
        EmbeddedServers.start(
            directory,
            ServersSettings.only(Server.KINESIS),
            new ServersTopology(List.of(), List.of(new StreamSpec(STREAM, 1)), List.of()));
    kinesis =
        KinesisClient.builder()
            .endpointOverride(servers.endpoints().kinesis())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  @AfterEach
  void stop() {
    kinesis.close();
    servers.close();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return java.time.ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }

  @Test
  void shards_follow_the_load_up_and_down_and_every_record_is_read_once() {
    StreamScaler scaler =
        new StreamScaler(
            kinesis, STREAM, ScalerSettings.defaults(1, 8), (stream, time, back) -> loads, clock());
    List<Integer> shards = new ArrayList<>();
    double[] megabytesPerSecond = {
      0.5, 1.5, 3, 5, 5, 3, 1.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5
    };

    for (double load : megabytesPerSecond) {
      now.updateAndGet(time -> time.plus(Duration.ofHours(1)));
      loads.add(new Load(now.get(), load * 1e6, 100));
      loads.removeIf(old -> old.at().isBefore(now.get().minus(Duration.ofHours(4))));
      write();
      scaler.look();
      write(); // while it is being resharded
      awaitActive();
      shards.add(openShards());
    }

    assertThat(shards).startsWith(1, 2, 4, 7).endsWith(1);
    assertThat(shards.stream().mapToInt(Integer::intValue).max()).hasValue(7);
    Map<String, Integer> read = readAll();
    assertThat(read).hasSize(written);
    assertThat(read.values()).allMatch(times -> times == 1);
  }

  private void write() {
    List<PutRecordsRequestEntry> left =
        IntStream.range(0, RECORDS_AN_HOUR)
            .mapToObj(
                i -> {
                  String id = "record-" + written++;
                  return PutRecordsRequestEntry.builder()
                      .partitionKey(id)
                      .data(SdkBytes.fromString(id, StandardCharsets.UTF_8))
                      .build();
                })
            .toList();
    while (!left.isEmpty()) {
      List<PutRecordsRequestEntry> sent = left;
      PutRecordsResponse answer = kinesis.putRecords(r -> r.streamName(STREAM).records(sent));
      left =
          IntStream.range(0, sent.size())
              .filter(i -> answer.records().get(i).errorCode() != null)
              .mapToObj(sent::get)
              .toList();
    }
  }

  private void awaitActive() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                kinesis
                        .describeStreamSummary(r -> r.streamName(STREAM))
                        .streamDescriptionSummary()
                        .streamStatus()
                    == StreamStatus.ACTIVE);
  }

  private int openShards() {
    return kinesis
        .describeStreamSummary(r -> r.streamName(STREAM))
        .streamDescriptionSummary()
        .openShardCount();
  }

  /** Every shard that there ever was, to its end. */
  private Map<String, Integer> readAll() {
    Map<String, Integer> read = new HashMap<>();
    TreeSet<String> shards = new TreeSet<>();
    kinesis.listShards(r -> r.streamName(STREAM)).shards().stream()
        .map(Shard::shardId)
        .forEach(shards::add);
    for (String shard : shards) {
      String iterator =
          kinesis
              .getShardIterator(
                  r ->
                      r.streamName(STREAM)
                          .shardId(shard)
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      for (int idle = 0; iterator != null && idle < 3; ) {
        String from = iterator;
        var answer = kinesis.getRecords(r -> r.shardIterator(from));
        answer
            .records()
            .forEach(record -> read.merge(record.data().asUtf8String(), 1, Integer::sum));
        idle = answer.records().isEmpty() ? idle + 1 : 0;
        iterator = answer.nextShardIterator();
      }
    }
    return read;
  }
}
