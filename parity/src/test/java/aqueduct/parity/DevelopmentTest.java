// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Two environments on the same kept files, told apart by configuration alone: production has every
 * file and whatever its lists allow, development a sample without anything of a viewer.
 */
class DevelopmentTest {
  private static final int FILES = 40;
  private static final int LINES = 20;
  private static final int GOOD = LINES - LINES / 10;
  private static final String EMAIL = "jane@example.org";

  /** What a site may allow itself; development.yml is laid over it. */
  private static final String ALLOWED =
      """
      aqueduct.enrichment:
        cookies: [session]
        query-parameters: [utm_source, email]
        mask: []
      """;

  @Test
  void development_has_a_sample_of_the_files_and_nothing_of_a_viewer() throws Exception {
    try (World world = World.start(Runs.directory("development"))) {
      Dictionary.put(world, world.directory());
      Scenarios.visitorKeys(world);
      String allowed =
          Files.writeString(world.directory().resolve("allowed.yml"), ALLOWED).toString();
      route(world);
      stream(world, "files-to-stream-production", allowed, "fused.yml");
      List<EnrichedLog> production = StreamEvents.of(world, "enriched-logs");
      int rejected = State.records(world, "rejected-logs").size();

      world.with("AQUEDUCT_ENRICHMENT_VISITOR_KEYS", "");
      world.with("DEVELOPMENT_VISITOR_SECRET", "only development's");
      world.with("AQUEDUCT_LEDGER_CREATE", "true");
      stream(world, "files-to-stream-development", allowed, "development.yml");
      List<EnrichedLog> development = StreamEvents.of(world, "development-enriched-logs");

      assertThat(production).hasSize(FILES * GOOD).allMatch(event -> has(event, personal()));
      assertThat(files(development)).hasSizeBetween(FILES / 4, FILES * 3 / 4);
      assertThat(development)
          .as("whole files")
          .hasSize(files(development).size() * GOOD)
          .noneMatch(event -> personal().stream().anyMatch(text -> has(event, Set.of(text))));
      assertSameRequestsOfOtherVisitors(development, production);
      assertThat(world.streams())
          .contains("development-raw-logs", "development-rejected-logs")
          .filteredOn(name -> name.startsWith("development-") && !name.contains("enriched"))
          .allSatisfy(name -> assertThat(State.records(world, name)).isEmpty());
      assertThat(State.records(world, "rejected-logs")).hasSize(rejected).isNotEmpty();
    }
  }

  private static Set<String> personal() {
    return Set.of(LogFiles.ADDRESS, LogFiles.SESSION, EMAIL);
  }

  private static boolean has(EnrichedLog event, Set<String> texts) {
    String bytes = event.toByteString().toString(ISO_8859_1);
    return texts.stream().allMatch(bytes::contains);
  }

  private static void route(World world) throws Exception {
    for (int file = 0; file < FILES; file++) {
      Inputs.object(world, "backup", file + ".gz", LogFiles.file(LINES));
      Inputs.send(world, "kept-files", Inputs.event("backup", file + ".gz"));
    }
    world.with("AQUEDUCT_ROUTER_ENVIRONMENTS_DEVELOPMENT_SAMPLE_PERCENT", "50");
    Path log = world.directory();
    try (Running router = Running.start(Form.CONTAINER, "router", world, log)) {
      router.drainQueue("kept-files");
    }
  }

  private static void stream(World world, String queue, String... over) throws Exception {
    world.over(over);
    Path log = world.directory();
    try (Running fused = Running.start(Form.CONTAINER, "fused", world, log)) {
      fused.drainQueue(queue);
    }
  }

  private static Set<Long> files(List<EnrichedLog> events) {
    return events.stream().map(EnrichedLog::getFileId).collect(Collectors.toSet());
  }

  private static void assertSameRequestsOfOtherVisitors(
      List<EnrichedLog> development, List<EnrichedLog> production) {
    Map<Long, EnrichedLog> byEvent =
        production.stream().collect(Collectors.toMap(DevelopmentTest::line, Function.identity()));
    assertThat(development)
        .allSatisfy(
            event -> {
              EnrichedLog same = byEvent.get(line(event));
              assertThat(same).as("in production").isNotNull();
              assertThat(event.getUrlPath()).isEqualTo(same.getUrlPath());
              assertThat(event.getUserAgentName()).isEqualTo("Firefox");
              assertThat(event.getVisitorId()).isNotEqualTo(same.getVisitorId()).isNotZero();
            });
  }

  /** A file's id is a hash: its lines' sums meet no other file's. */
  private static long line(EnrichedLog event) {
    return event.getFileId() + event.getLine();
  }
}
