// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.PackedRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each file of manifests/topologies, laid over the topology of the jars, does what it says. */
class TopologyFormsTest {
  private static final String QUEUE = "files-to-stream-production";

  private static String notice(String key) {
    return "{\"bucket\":\"backup\",\"key\":\"%s\"}".formatted(key);
  }

  private static World world(String name) throws IOException {
    World world = World.start(Runs.directory(name));
    Dictionary.put(world, world.directory());
    Scenarios.visitorKeys(world);
    return world;
  }

  private static void file(World world, String queue, String key, int lines) {
    Inputs.object(world, "backup", key, LogFiles.file(lines));
    Inputs.send(world, queue, notice(key));
  }

  /** The scenario of enrich holds the same two chunks: apart they became those bytes. */
  @Test
  void fused_sends_the_bytes_that_both_send_apart_and_no_raw_ones() throws Exception {
    List<String> apart =
        Runs.of(Scenarios.of("enrich")).get(Form.CONTAINER).state().of("enriched-logs");
    try (World world = world("fused")) {
      file(world, QUEUE, "f0.gz", Scenarios.LINES);
      try (Running both = Running.start(Form.LAMBDA_ZIP, "fused", world, world.directory())) {
        both.drainQueue(QUEUE);
      }
      State fused = State.of(world);

      assertThat(fused.of("enriched-logs")).hasSize(2).isSubsetOf(apart);
      assertThat(fused.of("rejected-logs")).hasSize(Scenarios.LINES / 10);
      assertThat(fused.of("file-ledger")).singleElement().asString().contains("DONE");
      assertThat(fused.of("raw-logs")).isEmpty();
    }
  }

  @Test
  void a_second_enrichment_stands_between_two_pipes_and_its_readers_notice_nothing()
      throws Exception {
    List<PackedRecord> chunks = LogFiles.chunks("a.gz", 1_500);
    try (World world = world("second-enrichment")) {
      world.over("second-enrichment.yml");
      world.with("SPRING_CLOUD_FUNCTION_DEFINITION", "enrich;label");
      chunks.forEach(chunk -> Inputs.record(world, "raw-logs", chunk));
      String label =
          Recorder.jar(
                  world.directory().resolve("label.jar"),
                  "Label",
                  "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports",
                  LabelConfiguration.class.getName())
              .toString();
      try (InContainer both = new InContainer("enrich", label, world, world.directory())) {
        both.awaitRecords("enriched-logs", chunks.size());
      }

      assertThat(StreamEvents.keys(world, "enriched-logs"))
          .isEqualTo(StreamEvents.keys(world, "enriched-unlabelled"))
          .hasSize(chunks.size());
      assertThat(StreamEvents.of(world, "enriched-logs"))
          .isNotEmpty()
          .allMatch(event -> event.getExtraOrDefault("label", "").equals("seen"));
    }
  }

  @Test
  void an_environment_hears_of_its_share_of_the_files() throws Exception {
    int files = 200;
    try (World world = world("third-environment")) {
      world.over("third-environment.yml");
      world.with("AQUEDUCT_ROUTER_ENVIRONMENTS_DEVELOPMENT_SAMPLE_PERCENT", "50");
      for (int i = 0; i < files; i++) {
        Inputs.send(world, "kept-files", notice("file-" + i + ".gz"));
      }
      try (Running router = Running.start(Form.CONTAINER, "router", world, world.directory())) {
        router.drainQueue("kept-files");
      }
      State state = State.of(world);

      assertThat(state.of(QUEUE)).hasSize(files);
      assertThat(state.of("files-to-stream-development")).hasSizeBetween(70, 130);
      assertThat(state.of("files-to-stream-staging")).hasSizeBetween(5, 45);
    }
  }

  /** Where nobody calls Kinesis, a stream that is there takes nothing. */
  @Test
  void a_small_site_counts_every_line_in_one_process_that_never_calls_kinesis() throws Exception {
    try (World world = World.withMetrics(Runs.directory("small-site"))) {
      Dictionary.put(world, world.directory());
      Scenarios.visitorKeys(world);
      Inputs.object(world, "ingest", "a.gz", LogFiles.file(1_200));
      try (InContainer site = new InContainer("small-site", world, world.directory())) {
        for (int twice = 0; twice < 2; twice++) {
          Inputs.send(world, "arrived-files", Inputs.event("ingest", "a.gz"));
          site.drainQueue("arrived-files");
          Inputs.send(world, "kept-files", Inputs.event("backup", "a.gz"));
          site.drainQueue("kept-files");
          site.drainQueue(QUEUE);
        }
      }
      State state = State.of(world);

      assertThat(counted(world)).isEqualTo(1_080);
      assertThat(state.of("file-ledger")).singleElement().asString().contains("DONE");
      assertThat(state.of("s3:rejected")).isNotEmpty();
      assertThat(Recorder.actions(world.calls)).noneMatch(call -> call.startsWith("kinesis"));
    }
  }

  private static long counted(World world) throws SQLException {
    try (Connection database = DriverManager.getConnection(world.servers.endpoints().jdbcUrl());
        ResultSet sum =
            database.createStatement().executeQuery("select sum(events) from applied_window")) {
      sum.next();
      return sum.getLong(1);
    }
  }
}
