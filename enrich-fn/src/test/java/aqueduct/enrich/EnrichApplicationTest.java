// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import static aqueduct.enrich.RawChunks.DAY;
import static aqueduct.enrich.RawChunks.chunk;
import static aqueduct.enrich.RawChunks.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.Rejection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The element as it is deployed: its stream and its checkpoints by the topology. */
@ExtendWith(OutputCaptureExtension.class)
class EnrichApplicationTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "AWS_ENDPOINT_URL_KINESIS", "aws.endpointUrlKinesis",
          "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb",
          "AWS_REGION", "aws.region",
          "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");
  @TempDir static Path data;
  private static EmbeddedServers servers;
  private static InMemoryRecordSink sink;

  @BeforeAll
  static void start() throws Exception {
    servers =
        EmbeddedServers.start(
            data,
            ServersSettings.only(Server.KINESIS, Server.DYNAMODB),
            new ServersTopology(List.of(), List.of(new StreamSpec("raw-logs", 1)), List.of()));
    servers
        .endpoints()
        .env()
        .forEach(
            (name, value) -> {
              if (PROPERTIES.containsKey(name)) {
                System.setProperty(PROPERTIES.get(name), value);
              }
            });
  }

  @AfterAll
  static void stop() {
    servers.close();
    PROPERTIES.values().forEach(System::clearProperty);
  }

  private static void put(byte[] record) {
    try (KinesisClient kinesis = KinesisClient.create()) {
      kinesis.putRecord(
          request ->
              request
                  .streamName("raw-logs")
                  .partitionKey("k")
                  .data(SdkBytes.fromByteArray(record)));
    }
  }

  private static List<Integer> lines() {
    return RawChunks.events(sink.records("enriched-logs")).stream()
        .map(EnrichedLog::getLine)
        .toList();
  }

  private static String checkpoint() {
    try (DynamoDbClient dynamo = DynamoDbClient.create()) {
      return dynamo.scan(scan -> scan.tableName("checkpoints")).items().toString();
    }
  }

  @Test
  void a_bad_record_is_put_aside_and_its_shard_goes_on_and_nothing_is_read_twice(
      CapturedOutput output) {
    sink = new InMemoryRecordSink();
    put(chunk(1, event(DAY, 1)).data());
    put(RawChunks.corrupt());
    put(chunk(2, event(DAY, 2).setCookie("CANARYCOOKIE")).data());
    try (ConfigurableApplicationContext context = run()) {
      assertThat(context.getBeansOfType(EnrichFunction.class)).containsOnlyKeys("enrich");
      await().atMost(Duration.ofMinutes(3)).until(() -> lines().containsAll(List.of(1, 2)));
      put(chunk(3, event(DAY, 3)).data());
      await().atMost(Duration.ofMinutes(3)).until(() -> lines().contains(3));
      assertThat(Rejections.in(sink))
          .singleElement()
          .extracting(Rejection::getReason)
          .isEqualTo("bad_digest");
      await().atMost(Duration.ofMinutes(1)).until(() -> !checkpoint().equals("[]"));
    }
    sink = new InMemoryRecordSink();
    String before = checkpoint();
    refuseTwice();
    put(chunk(4, event(DAY, 4).setClientIp("203.0.113.77")).data());
    try (ConfigurableApplicationContext context = run()) {
      assertThat(context.isRunning()).isTrue();
      // What the sink refused was not checkpointed: it is read again, and only then done.
      await().atMost(Duration.ofMinutes(3)).until(() -> lines().contains(4));
      assertThat(REFUSALS).hasValue(2);
      assertThat(lines()).as("nothing from before the checkpoint").containsOnly(4);
      await().atMost(Duration.ofMinutes(1)).until(() -> !checkpoint().equals(before));
    }
    assertThat(output.getAll()).doesNotContain("CANARY", "203.0.113.77", "81.2.69.142");
  }

  private static final AtomicInteger REFUSALS = new AtomicInteger();

  private static void refuseTwice() {
    String before = checkpoint();
    sink.beforeSend(
        record -> {
          if (REFUSALS.get() < 2) {
            REFUSALS.incrementAndGet();
            assertThat(checkpoint()).isEqualTo(before);
            throw new IllegalStateException("the stream refuses");
          }
        });
  }

  @Test
  void wrong_settings_stop_the_start_and_are_named() {
    assertThatThrownBy(() -> run("--aqueduct.enrich.codec=gzip")).hasStackTraceContaining("gzip");
    assertThatThrownBy(() -> run("--aqueduct.enrich.attempts=0"))
        .hasStackTraceContaining("attempts");
    assertThatThrownBy(() -> run("--aqueduct.enrichment.address-bits-v4=40"))
        .hasStackTraceContaining("address-bits-v4 is 40");
  }

  private static ConfigurableApplicationContext run(String... arguments) {
    return new SpringApplicationBuilder(EnrichApplication.class, Sink.class)
        .web(WebApplicationType.NONE)
        .run(arguments);
  }

  @Configuration(proxyBeanMethods = false)
  static class Sink {
    @Bean
    RecordSink sink() {
      return new RecordSink() {
        @Override
        public Transfer open(String pipe) {
          return sink.open(pipe);
        }

        @Override
        public void put(String pipe, List<PackedRecord> records) {
          sink.put(pipe, records);
        }
      };
    }
  }
}
