// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.RecordSink;
import aqueduct.sqs.LocalSqs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The element as it is deployed: its queue by the topology, its function, its dead letters. */
class BackupApplicationTest {
  private static LocalS3 s3;
  private static LocalSqs sqs;
  private static final InMemoryRecordSink SINK = new InMemoryRecordSink();

  @BeforeAll
  static void start() {
    sqs = LocalSqs.start();
    sqs.create("arrived-files", Map.of());
    s3 = new LocalS3(notification -> sqs.send("arrived-files", notification));
  }

  @AfterAll
  static void stop() {
    s3.close();
    sqs.close();
  }

  @Test
  void messages_of_the_queue_move_files_and_what_cannot_be_read_ends_in_the_dead_letters() {
    try (ConfigurableApplicationContext context = run()) {
      assertThat(sqs.attributes("arrived-files").toString()).contains("arrived-files-dlq");
      s3.put(
          INGEST, "E1 + 1.gz", "content"); // the server tells the queue, as it told its test event
      sqs.send("arrived-files", "this is not a notice");
      sqs.send(
          "arrived-files",
          BackupFunctionTest.s3Event("aws:s3", "ObjectCreated:Put", "elsewhere", "E1.gz"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> sqs.size("arrived-files-dlq") == 1 && sqs.size("arrived-files") == 0);
      assertThat(s3.contents(BACKUP)).containsEntry("E1 + 1.gz", "content");
      assertThat(s3.contents(INGEST)).isEmpty();
      assertThat(Rejections.in(SINK)).hasSize(1);
      assertThat(sqs.receive("arrived-files-dlq", Duration.ZERO).get(0).body())
          .isEqualTo("this is not a notice");
      assertThat(context.getBeansOfType(BackupFunction.class)).containsOnlyKeys("backup");
    }
  }

  @Test
  void wrong_settings_stop_the_start_and_are_named() {
    assertThatThrownBy(() -> run("aqueduct.backup.backup-bucket=ingest"))
        .hasStackTraceContaining("backup-bucket must not be one of");
    assertThatThrownBy(() -> run("aqueduct.backup.multipart.part-size=1MB"))
        .hasStackTraceContaining("aqueduct.backup.multipart.part-size must be 5MB to 5GB");
    assertThatThrownBy(() -> run("aqueduct.backup.call-timeout=soon"))
        .hasStackTraceContaining("aqueduct.backup.call-timeout");
  }

  /** Row 55: whatever client the application has, none of its calls waits for ever. */
  @Test
  void a_server_that_never_answers_ends_in_an_error() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        S3Client client =
            S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
      S3Client limited = new LimitedS3(client, Duration.ofMillis(500));
      FileKeeper keeper = new FileKeeper(limited, OnLocalS3.Way.WHOLE.properties);
      Instant before = Instant.now();
      assertThatThrownBy(() -> keeper.keep(OnLocalS3.notice("k", "e", 1)))
          .isInstanceOf(ApiCallTimeoutException.class);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static ConfigurableApplicationContext run(String... more) {
    Map<String, Object> settings = new HashMap<>(sqs.settings());
    settings.put("spring.cloud.stream.sqs.default.consumer.retry-delay", "0s");
    settings.put("spring.cloud.stream.sqs.default.consumer.poll-timeout", "1s");
    for (String setting : more) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    String[] arguments =
        settings.entrySet().stream()
            .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
            .toArray(String[]::new);
    return new SpringApplicationBuilder(BackupApplication.class, Servers.class)
        .web(WebApplicationType.NONE)
        .run(arguments);
  }

  @Configuration(proxyBeanMethods = false)
  static class Servers {
    @Bean(destroyMethod = "")
    S3Client s3() {
      return s3.client;
    }

    @Bean
    RecordSink sink() {
      return SINK;
    }
  }
}
