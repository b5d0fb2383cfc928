// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.PackedRecord;
import aqueduct.servers.kinesis.Throttling;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * The same input through an element as a container and as a Lambda function: the executable jar in
 * a process of its own, once with its binders, once with AWS's runtime client on Lambda's side of
 * the runtime API. Outputs, rejections, dead letters, checkpoints and the ledger must be equal.
 */
class ParityTest {
  private static final String NOT_GZIP = "this was meant to be gzip";
  @TempDir Path directory;

  /** Input, then work, then what is left. */
  private interface Scenario {
    void run(World world, Running element) throws Exception;
  }

  private Map<Form, State> inEveryForm(String element, Scenario scenario, Form... forms)
      throws Exception {
    Map<Form, State> states = new EnumMap<>(Form.class);
    for (Form form : forms) {
      Path own = Files.createDirectory(directory.resolve(form.name()));
      try (World world = World.start(own.resolve("data"))) {
        try (Running running = Running.start(form, element, world, own)) {
          scenario.run(world, running);
        }
        states.put(form, State.of(world));
      }
    }
    return states;
  }

  /** All states are equal; answers one of them. */
  private static State same(Map<Form, State> states) {
    State container = states.get(Form.CONTAINER);
    states.forEach((form, state) -> assertThat(state).as(form.name()).isEqualTo(container));
    return container;
  }

  private static void put(World world, String bucket, String key, byte[] content) {
    world.s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  private static String event(String bucket, String key) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":"2026-03-01T10:00:00.000Z",\
        "s3":{"bucket":{"name":"%s"},"object":{"key":"%s"}}}]}"""
        .formatted(bucket, key);
  }

  private static void send(World world, String queue, String... bodies) {
    String url = world.queueUrl(queue);
    for (String body : bodies) world.sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));
  }

  @Test
  void backup_keeps_the_same_files_and_refuses_the_same_messages() throws Exception {
    Scenario scenario =
        (world, element) -> {
          for (String key : List.of("a.gz", "b.gz", "directly.gz")) {
            put(world, "ingest", key, LogFiles.file(5));
          }
          send(
              world,
              "arrived-files",
              event("ingest", "a.gz"),
              event("ingest", "a.gz"),
              "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"ingest\"}",
              event("someone-elses", "a.gz"),
              event("ingest", "never-was.gz"),
              "no notice at all",
              event("ingest", "b.gz"));
          element.drainQueue("arrived-files");
          element.notice("arrived-files", event("ingest", "directly.gz"));
        };

    State state =
        same(inEveryForm("backup", scenario, Form.CONTAINER, Form.LAMBDA_IMAGE, Form.LAMBDA_ZIP));

    assertThat(state.of("s3:backup")).hasSize(3);
    assertThat(state.of("s3:ingest")).isEmpty();
    assertThat(state.of("arrived-files-dlq"))
        .containsExactlyInAnyOrder("no notice at all", "[ingest/never-was.gz]");
    assertThat(state.of("rejected-logs")).singleElement().asString().contains("someone-elses");
  }

  @Test
  void router_tells_the_same_environments_of_the_same_files() throws Exception {
    Scenario scenario =
        (world, element) -> {
          send(
              world,
              "kept-files",
              event("backup", "a.gz"),
              event("backup", "b.gz"),
              event("ingest", "a.gz"),
              "{}{");
          element.drainQueue("kept-files");
          element.notice("kept-files", event("backup", "directly.gz"));
        };

    State state = same(inEveryForm("router", scenario, Form.CONTAINER, Form.LAMBDA_IMAGE));

    assertThat(state.of("files-to-stream-production"))
        .containsExactly("[backup/a.gz]", "[backup/b.gz]", "[backup/directly.gz]");
    assertThat(state.of("files-to-stream-development")).hasSize(3);
    assertThat(state.of("rejected-logs")).hasSize(1);
    assertThat(state.of("kept-files-dlq")).containsExactly("{}{");
  }

  @Test
  void streamify_sends_the_same_chunks_and_the_same_rejections_each_once() throws Exception {
    Scenario scenario =
        (world, element) -> {
          put(world, "backup", "a.gz", LogFiles.file(2_500));
          put(world, "backup", "empty.gz", new byte[0]);
          put(world, "backup", "damaged.gz", NOT_GZIP.getBytes(StandardCharsets.UTF_8));
          send(
              world,
              "files-to-stream-production",
              event("backup", "a.gz"),
              event("backup", "empty.gz"),
              event("backup", "damaged.gz"),
              event("backup", "never-was.gz"),
              event("ingest", "a.gz"));
          element.drainQueue("files-to-stream-production");
          send(world, "files-to-stream-production", event("backup", "a.gz"));
          element.drainQueue("files-to-stream-production");
        };

    State state = same(inEveryForm("streamify", scenario, Form.CONTAINER, Form.LAMBDA_IMAGE));

    assertThat(state.of("raw-logs")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(state.of("rejected-logs")).hasSizeGreaterThanOrEqualTo(250);
    assertThat(state.of("files-to-stream-production-dlq"))
        .containsExactly("[backup/never-was.gz]", "[ingest/a.gz]");
    assertThat(state.of("file-ledger")).hasSize(3);
  }

  /** Cut off in the middle: on Lambda by its time-out, in a container by a kill. */
  @Test
  void streamify_that_is_cut_off_leaves_the_same_chunks_as_one_that_is_not() throws Exception {
    String queue = "files-to-stream-production";
    Scenario cutOff =
        (world, element) -> {
          put(world, "backup", "a.gz", LogFiles.file(2_500));
          world.servers.kinesis().throttle(Throttling.refusing(1, 1));
          send(world, queue, event("backup", "a.gz"));
          ((OnLambda) element).timeout(Duration.ofSeconds(4));
          assertThat(((OnLambda) element).serveOnce(world.queueUrl(queue)).kind())
              .isEqualTo(aqueduct.lambda.LocalRuntimeApi.Kind.TIMED_OUT);
          world.servers.kinesis().throttle(Throttling.none());
          ((OnLambda) element).timeout(Duration.ofSeconds(60));
          // The claim of the one that was killed runs out; until then the file is held.
          long until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
          while (State.ledgerState(world, "a.gz").equals("CLAIMED") && System.nanoTime() < until) {
            send(world, queue, event("backup", "a.gz"));
            ((OnLambda) element).serveOnce(world.queueUrl(queue));
          }
        };
    Scenario undisturbed =
        (world, element) -> {
          put(world, "backup", "a.gz", LogFiles.file(2_500));
          send(world, queue, event("backup", "a.gz"));
          element.drainQueue(queue);
        };

    State whole = inEveryForm("streamify", undisturbed, Form.CONTAINER).get(Form.CONTAINER);
    State mended = inEveryForm("streamify", cutOff, Form.LAMBDA_IMAGE).get(Form.LAMBDA_IMAGE);

    assertThat(distinct(mended, "raw-logs")).isEqualTo(distinct(whole, "raw-logs"));
    assertThat(distinct(mended, "rejected-logs")).isEqualTo(distinct(whole, "rejected-logs"));
    assertThat(mended.of("file-ledger")).isEqualTo(whole.of("file-ledger"));
  }

  private static Set<String> distinct(State state, String pipe) {
    return new TreeSet<>(state.of(pipe));
  }

  @Test
  void enrich_sends_the_same_chunks_puts_the_same_records_aside_and_checkpoints_at_the_same_place()
      throws Exception {
    List<PackedRecord> chunks = new ArrayList<>();
    for (int file = 0; file < 8; file++) chunks.addAll(LogFiles.chunks("f" + file + ".gz", 1_200));
    Map<Form, List<String>> done = new EnumMap<>(Form.class);
    Scenario scenario =
        (world, element) -> {
          int number = 0;
          for (PackedRecord chunk : chunks) {
            byte[] data = chunk.data().clone();
            if (number == 3) data[data.length / 2] ^= 1; // magic right, digest wrong
            putRecord(world, chunk.partitionKey(), data);
            if (number++ == 5) putRecord(world, "poison", new byte[] {0x0a, 0x7f, 1});
          }
          element.drainStream("raw-logs");
          done.put(form(element), lastDone(world, element.checkpoints()));
        };

    State state =
        same(inEveryForm("enrich", scenario, Form.CONTAINER, Form.LAMBDA_IMAGE, Form.LAMBDA_ZIP));

    assertThat(state.of("enriched-logs")).hasSize(chunks.size() - 1);
    assertThat(state.of("rejected-logs")).hasSize(2);
    assertThat(done.values().stream().distinct()).as("checkpoints").hasSize(1);
    assertThat(done.get(Form.CONTAINER)).hasSize(2);
  }

  private static Form form(Running element) {
    return element instanceof OnLambda lambda ? lambda.form() : Form.CONTAINER;
  }

  private static void putRecord(World world, String key, byte[] data) {
    world.kinesis.putRecord(
        r -> r.streamName("raw-logs").partitionKey(key).data(SdkBytes.fromByteArray(data)));
  }

  /** The chunks behind the sequence numbers, which differ from run to run. */
  private static List<String> lastDone(World world, Set<String> checkpoints) {
    return State.records(world, "raw-logs").stream()
        .filter(record -> checkpoints.contains(record.sequenceNumber()))
        .map(Record::partitionKey)
        .sorted()
        .toList();
  }
}
