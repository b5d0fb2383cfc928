// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Unpacker;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Each file of manifests/topologies, laid over the topology of the executable jars, does what it
 * says.
 */
class TopologyFormsTest {
  private static final String QUEUE = "files-to-stream-production";
  @TempDir Path directory;

  private static String notice(String key) {
    return "{\"bucket\":\"backup\",\"key\":\"%s\"}".formatted(key);
  }

  private static void file(World world, String queue, String key, int lines) {
    world.s3.putObject(
        r -> r.bucket("backup").key(key), RequestBody.fromBytes(LogFiles.file(lines)));
    send(world, queue, notice(key));
  }

  private static void send(World world, String queue, String body) {
    world.sqs.sendMessage(r -> r.queueUrl(world.queueUrl(queue)).messageBody(body));
  }

  @Test
  void fused_sends_the_same_enriched_chunks_as_both_apart_and_no_raw_ones() throws Exception {
    State apart;
    try (World world = World.start(directory.resolve("apart"))) {
      file(world, QUEUE, "a.gz", 2_500);
      try (Running streamify = Running.start(Form.CONTAINER, "streamify", world, directory)) {
        streamify.drainQueue(QUEUE);
      }
      try (Running enrich = Running.start(Form.CONTAINER, "enrich", world, directory)) {
        enrich.drainStream("raw-logs");
      }
      apart = State.of(world);
    }
    State fused;
    try (World world = World.start(directory.resolve("fused"))) {
      file(world, QUEUE, "a.gz", 2_500);
      try (Running both = Running.start(Form.CONTAINER, "fused", world, directory)) {
        both.drainQueue(QUEUE);
      }
      fused = State.of(world);
    }

    assertThat(fused.of("enriched-logs")).isNotEmpty().isEqualTo(apart.of("enriched-logs"));
    assertThat(fused.of("rejected-logs")).isEqualTo(apart.of("rejected-logs"));
    assertThat(fused.of("file-ledger")).isEqualTo(apart.of("file-ledger"));
    assertThat(fused.of("raw-logs")).isEmpty();
  }

  @Test
  void a_second_enrichment_stands_between_two_pipes_and_its_readers_notice_nothing()
      throws Exception {
    List<PackedRecord> chunks = LogFiles.chunks("a.gz", 1_500);
    try (World world = World.start(directory.resolve("data"))) {
      world.over("second-enrichment.yml");
      world.with("SPRING_CLOUD_FUNCTION_DEFINITION", "enrich;label");
      for (PackedRecord chunk : chunks) {
        world.kinesis.putRecord(
            r ->
                r.streamName("raw-logs")
                    .partitionKey(chunk.partitionKey())
                    .data(SdkBytes.fromByteArray(chunk.data())));
      }
      try (InContainer both = new InContainer("enrich", labelJar(), world, directory)) {
        both.awaitRecords("enriched-logs", chunks.size());
      }

      assertThat(keys(world, "enriched-logs"))
          .isEqualTo(keys(world, "enriched-unlabelled"))
          .hasSize(chunks.size());
      assertThat(events(world, "enriched-logs"))
          .isNotEmpty()
          .allMatch(event -> event.getExtraOrDefault("label", "").equals("seen"));
    }
  }

  private static Set<String> keys(World world, String stream) {
    Set<String> keys = new HashSet<>();
    State.records(world, stream).forEach(record -> keys.add(record.partitionKey()));
    return keys;
  }

  private static List<EnrichedLog> events(World world, String stream)
      throws CorruptRecordException {
    List<EnrichedLog> events = new ArrayList<>();
    for (Record record : State.records(world, stream)) {
      new Unpacker("EnrichedLog")
          .unpack(record.data().asByteArray())
          .forEach((buffer, from, to) -> events.add(event(buffer, from, to)));
    }
    return events;
  }

  private static EnrichedLog event(byte[] buffer, int from, int to) {
    try {
      return EnrichedLog.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The function as its author would ship it. */
  private Path labelJar() throws IOException {
    Path jar = directory.resolve("label.jar");
    Path classes = Path.of("target", "test-classes", "aqueduct", "parity");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.list(classes)) {
      for (Path path : all.filter(p -> p.getFileName().toString().startsWith("Label")).toList()) {
        entry(out, "aqueduct/parity/" + path.getFileName(), Files.readAllBytes(path));
      }
      entry(
          out,
          "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
          LabelConfiguration.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  /**
   * The lines hold addresses and query values; nothing of them may be in any stream of development.
   */
  @Test
  void development_gets_its_sample_and_no_personal_data() throws Exception {
    String queue = "files-to-stream-development";
    try (World world = World.start(directory.resolve("data"))) {
      world.over("development.yml");
      file(world, queue, "a.gz", 1_200);
      try (Running development = Running.start(Form.CONTAINER, "fused", world, directory)) {
        development.drainQueue(queue);
      }

      List<EnrichedLog> events = events(world, "development-enriched-logs");
      assertThat(events).isNotEmpty();
      assertThat(events).allMatch(event -> !event.toString().contains("198.51.100"));
      for (String stream :
          List.of(
              "development-raw-logs", "development-rejected-logs", "enriched-logs", "raw-logs")) {
        assertThat(State.records(world, stream)).as(stream).isEmpty();
      }
    }
  }

  @Test
  void a_third_environment_hears_of_its_share_of_the_files() throws Exception {
    int files = 200;
    try (World world = World.start(directory.resolve("data"))) {
      world.over("third-environment.yml");
      for (int i = 0; i < files; i++) send(world, "kept-files", notice("file-" + i + ".gz"));
      try (Running router = Running.start(Form.CONTAINER, "router", world, directory)) {
        router.drainQueue("kept-files");
      }
      State state = State.of(world);

      assertThat(state.of(QUEUE)).hasSize(files);
      assertThat(state.of("files-to-stream-development")).hasSize(files);
      assertThat(state.of("files-to-stream-staging")).hasSizeBetween(5, 45);
    }
  }
}
