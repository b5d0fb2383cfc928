// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.RecordSink;
import aqueduct.logs.Unpacker;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Real-time logs as they are deployed: the stream, checkpoints and progress by the topology. */
class RealtimeApplicationTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "AWS_ENDPOINT_URL_KINESIS", "aws.endpointUrlKinesis",
          "AWS_ENDPOINT_URL_DYNAMODB", "aws.endpointUrlDynamoDb",
          "AWS_REGION", "aws.region",
          "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");
  private static final InMemoryRecordSink SINK = new InMemoryRecordSink();
  @TempDir static Path data;
  private static EmbeddedServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers =
        EmbeddedServers.start(
            data,
            ServersSettings.only(Server.KINESIS, Server.DYNAMODB),
            new ServersTopology(List.of(), List.of(new StreamSpec("realtime-logs", 1)), List.of()));
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

  @Configuration(proxyBeanMethods = false)
  static class Sink {
    @Bean
    RecordSink inMemorySink() {
      return SINK;
    }
  }

  private static ConfigurableApplicationContext run(String... properties) {
    return new SpringApplicationBuilder(StreamifyApplication.class, Sink.class)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .run(
            "--spring.cloud.function.definition=streamifyRealtime",
            "--aqueduct.ledger.create=true");
  }

  private static void put(String record) {
    try (KinesisClient kinesis = KinesisClient.create()) {
      kinesis.putRecord(
          request ->
              request
                  .streamName("realtime-logs")
                  .partitionKey("k")
                  .data(SdkBytes.fromString(record, UTF_8)));
    }
  }

  private static List<String> paths() {
    List<String> paths = new ArrayList<>();
    SINK.records("raw-logs")
        .forEach(
            record -> {
              try {
                new Unpacker("RawLog")
                    .unpack(record.data())
                    .forEach((buffer, from, to) -> paths.add(path(buffer, from, to)));
              } catch (CorruptRecordException e) {
                throw new AssertionError(e);
              }
            });
    return paths;
  }

  private static String path(byte[] buffer, int from, int to) {
    try {
      return RawLog.parser().parseFrom(buffer, from, to - from).getUrlPath();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void records_become_events_once_over_a_restart_and_poison_is_put_aside() {
    String fields = "aqueduct.streamify.realtime.fields.2026-01-01=sc-status,cs-uri-stem,timestamp";
    put("1795600000.1\t200\t/a?x\n");
    put("poison");
    put("1795600000.2\t200\t/b\n");
    try (ConfigurableApplicationContext context = run(fields)) {
      assertThat(context.getBeansOfType(RealtimeFunction.class))
          .containsOnlyKeys("streamifyRealtime");
      await().atMost(Duration.ofSeconds(60)).until(() -> paths().contains("/b"));
    }
    put("1795600000.3\t200\t/c\n");
    try (ConfigurableApplicationContext context = run(fields)) {
      assertThat(context.isRunning()).isTrue();
      await().atMost(Duration.ofSeconds(60)).until(() -> paths().contains("/c"));
    }
    assertThat(paths()).containsExactly("/a", "/b", "/c");
    assertThat(Rejections.in(SINK))
        .singleElement()
        .extracting(Rejection::getReason)
        .isEqualTo("bad_time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aqueduct.none=1 | no list of fields",
        "aqueduct.streamify.realtime.fields.yesterday=all | 'yesterday' is no date",
        "aqueduct.streamify.realtime.fields.2026-01-01=c-ip | lacks timestamp",
      })
  void wrong_settings_stop_the_start_and_are_named(String property, String why) {
    assertThatThrownBy(() -> run(property).close())
        .satisfies(
            e -> assertThat(allMessages(e)).contains("aqueduct.streamify.realtime.fields", why));
  }

  private static String allMessages(Throwable e) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      text.append(cause.getMessage()).append('\n');
    }
    return text.toString();
  }
}
