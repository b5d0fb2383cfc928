// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import aqueduct.local.system.FileAccount;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Log files in the ingest bucket, and what a user then sees: through every element, once started.
 */
class PipelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static LocalSystem system;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    system = SharedPipeline.system();
  }

  private Expected make(Path directory, String day, double bad) throws IOException {
    return new Traffic()
        .write(
            new TrafficPlan(
                6_000, 7, Instant.parse(day + "T10:00:00Z"), 4, TrafficPlan.Mix.TYPICAL, bad, 33),
            directory,
            file -> {});
  }

  private static void assertWhole(List<FileAccount> accounts) {
    assertThat(accounts).allSatisfy(a -> assertThat(a.isWhole()).as(a.toString()).isTrue());
  }

  @Test
  void made_traffic_is_counted_to_the_unit() throws IOException {
    Expected expected = make(directory, "2026-01-15", 0);
    List<FileAccount> accounts = SharedPipeline.deliver(SharedPipeline.logs(directory));
    assertWhole(accounts);
    assertThat(accounts.stream().mapToLong(FileAccount::events).sum()).isEqualTo(6_000);
    assertThat(Counts.stored(SharedPipeline.DATA, "2026-01-15")).isEqualTo(Counts.of(expected));
  }

  @Test
  void files_twice_in_any_order_notified_three_times_and_put_again_later_count_once()
      throws IOException {
    Expected expected = make(directory, "2026-02-15", 1);
    List<Path> files = SharedPipeline.logs(directory);
    List<Path> twice = new ArrayList<>(files);
    twice.addAll(files);
    Collections.shuffle(twice, new Random(5));
    List<FileAccount> accounts = SharedPipeline.deliver(twice);
    assertWhole(accounts);
    assertThat(accounts.stream().mapToLong(FileAccount::duplicates).sum()).isEqualTo(6_000);
    for (int i = 0; i < 3; i++) {
      system.servers().renotify(system.topology().backup());
      files.forEach(this::notifyOfArrival);
    }
    awaitEmptyQueues();
    List<FileAccount> again = SharedPipeline.deliver(files);
    assertThat(again).allSatisfy(a -> assertThat(a.duplicates()).isEqualTo(a.lines()));
    awaitEmptyQueues();
    assertThat(Counts.stored(SharedPipeline.DATA, "2026-02-15")).isEqualTo(Counts.of(expected));
  }

  private void notifyOfArrival(Path file) {
    String body =
        """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{"key":"%s"}}}]}\
        """
            .formatted(system.topology().ingest(), file.getFileName());
    try (SqsClient sqs = SqsClient.create()) {
      String url = sqs.getQueueUrl(r -> r.queueName("arrived-files")).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
    }
  }

  /** As {@code aqueduct status} says. */
  private static void awaitEmptyQueues() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              Cli cli = Cli.onShared("status", "--only", "pipes", "--format", "ndjson");
              for (String line : cli.lines()) {
                JsonNode pipe = JSON.readTree(line);
                if (pipe.get("reader").asText().isEmpty()) continue;
                assertThat(pipe.get("waiting").asLong()).as(line).isZero();
                assertThat(pipe.path("in_flight").asLong()).as(line).isZero();
                assertThat(pipe.path("dead").asLong()).as(line).isZero();
              }
            });
  }

  @Test
  void lines_in_any_order_give_the_same_counts() throws IOException {
    Expected expected = make(directory, "2026-03-15", 0);
    for (Path file : SharedPipeline.logs(directory)) {
      List<String> lines = new ArrayList<>(lines(file));
      List<String> events = lines.subList(2, lines.size());
      Collections.shuffle(events, new Random(3));
      Files.write(file, gzip(String.join("\n", lines) + "\n"));
    }
    assertWhole(SharedPipeline.deliver(SharedPipeline.logs(directory)));
    assertThat(Counts.stored(SharedPipeline.DATA, "2026-03-15")).isEqualTo(Counts.of(expected));
  }

  @Test
  void each_bad_line_is_shown_with_its_bytes_place_and_reason_and_the_rest_is_counted()
      throws IOException {
    Expected expected = make(directory, "2026-04-15", 5);
    List<Path> files = SharedPipeline.logs(directory);
    List<FileAccount> accounts = SharedPipeline.deliver(files);
    assertWhole(accounts);
    assertThat(expected.bad()).isPositive();
    assertThat(accounts.stream().mapToLong(FileAccount::rejected).sum()).isEqualTo(expected.bad());
    assertThat(Counts.stored(SharedPipeline.DATA, "2026-04-15")).isEqualTo(Counts.of(expected));

    Map<String, List<String>> lines = new HashMap<>();
    for (Path file : files) lines.put(file.getFileName().toString(), lines(file));
    long shown = 0;
    for (String row : Cli.onShared("bad", "--format", "ndjson").lines()) {
      JsonNode bad = JSON.readTree(row);
      List<String> of = lines.get(bad.get("file").asText());
      if (of == null) continue;
      shown++;
      String line = of.get(bad.get("line").asInt() - 1);
      assertThat(bad.get("data").asText().replace("\\t", "\t")).isEqualTo(line);
      assertThat(bad.get("reason").asText()).matches("[a-z_]+");
      assertThat(bad.get("message").asText()).isNotBlank();
    }
    assertThat(shown).isEqualTo(expected.bad());
  }

  @Test
  void a_file_cut_off_is_named_and_its_whole_lines_are_counted() throws IOException {
    make(directory, "2026-05-15", 0);
    Path file = SharedPipeline.logs(directory).get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    FileAccount account = SharedPipeline.deliver(List.of(file)).get(0);
    assertThat(account.problem()).isNotEmpty();
    assertThat(account.isWhole()).isTrue();
    assertThat(account.events()).isPositive();
    assertThat(Cli.onShared("bad", "--format", "csv").lines())
        .anyMatch(row -> row.contains(file.getFileName() + "") && row.contains(account.problem()));
  }

  @Test
  void the_samples_give_the_counts_that_stand_beside_them() throws IOException {
    Path samples = Path.of(System.getProperty("aqueduct.samples")).resolve("cloudfront/derived");
    assumeThat(samples).isDirectory();
    List<Path> files = SharedPipeline.logs(samples);
    Collections.shuffle(files, new Random(11));
    assertWhole(SharedPipeline.deliver(files));
    assertThat(Counts.stored(SharedPipeline.DATA, "2015-05-17"))
        .isEqualTo(Counts.of(samples.resolve("expected.5min.tsv")));
  }

  @Test
  void an_aggregation_killed_in_its_work_is_started_again_and_counts_all_once() throws IOException {
    Expected expected = make(directory, "2026-06-15", 0);
    long pid = system.aggregatePid();
    Thread killer =
        new Thread(
            () -> {
              awaitSomethingOnItsWay();
              ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            });
    killer.start();
    assertWhole(SharedPipeline.deliver(SharedPipeline.logs(directory)));
    assertThat(system.aggregatePid()).isNotEqualTo(pid);
    assertThat(Counts.stored(SharedPipeline.DATA, "2026-06-15")).isEqualTo(Counts.of(expected));
  }

  /** One of the new day's files is in the stream, and none of them counted yet. */
  private void awaitSomethingOnItsWay() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> system.ledger().entries().anyMatch(e -> e.file().key().contains(".2026-06-15-")));
  }

  @Test
  void no_line_is_missing_in_the_end() {
    Cli cli = Cli.onShared("status", "--format", "json");
    assertThat(cli.status()).as(cli.out()).isZero();
  }

  @Test
  void what_is_stored_is_shown_as_json_lines() throws IOException {
    make(directory, "2026-07-15", 0);
    SharedPipeline.deliver(SharedPipeline.logs(directory));
    Cli cli = Cli.onShared("tail", "enriched-logs", "--where", "site.id=docs.example.org");
    assertThat(cli.lines()).hasSize(10);
    for (String line : cli.lines()) {
      assertThat(JSON.readTree(line).at("/site/id").asText()).isEqualTo("docs.example.org");
    }
  }

  private static List<String> lines(Path gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
