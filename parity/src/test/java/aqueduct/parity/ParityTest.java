// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.parity.Runs.Run;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The same input through an element as a container and as a Lambda function: the executable jar in
 * a process of its own, once with its binders, once with AWS's runtime client on Lambda's side of
 * the runtime API. Outputs, rejections, dead letters, checkpoints and the ledger must be equal.
 */
class ParityTest {

  /** All states are equal; answers one of them. */
  private static State same(String element) throws Exception {
    return same(Scenarios.of(element));
  }

  private static State same(Scenario scenario) throws Exception {
    Map<Form, Run> runs = Runs.of(scenario);
    State container = runs.get(Form.CONTAINER).state();
    runs.forEach((form, run) -> assertThat(run.state()).as("%s", form).isEqualTo(container));
    return container;
  }

  @Test
  void backup_keeps_the_same_files_and_refuses_the_same_messages() throws Exception {
    State state = same("backup");

    assertThat(state.of("s3:backup")).hasSize(4);
    assertThat(state.of("s3:ingest")).isEmpty();
    assertThat(state.of("arrived-files-dlq"))
        .containsExactlyInAnyOrder("no notice at all", "[ingest/never-was.gz]");
    assertThat(state.of("rejected-logs")).singleElement().asString().contains("someone-elses");
  }

  @Test
  void router_tells_the_same_environments_of_the_same_files() throws Exception {
    State state = same("router");

    assertThat(state.of("files-to-stream-production"))
        .containsExactly("[backup/a.gz]", "[backup/b.gz]", "[backup/directly.gz]");
    assertThat(state.of("files-to-stream-development")).hasSize(3);
    assertThat(state.of("rejected-logs")).hasSize(1);
    assertThat(state.of("kept-files-dlq")).containsExactly("{}{");
  }

  @Test
  void streamify_sends_the_same_chunks_and_the_same_rejections_each_once() throws Exception {
    State state = same("streamify");

    assertThat(new TreeSet<>(state.of("raw-logs")))
        .as("three of a.gz, one of damaged.gz")
        .hasSize(4);
    assertThat(state.of("raw-logs")).as("some again, by replay").hasSizeGreaterThan(4);
    assertThat(state.of("rejected-logs")).hasSizeGreaterThanOrEqualTo(250);
    assertThat(state.of("files-to-stream-production-dlq"))
        .containsExactly("[backup/never-was.gz]", "[ingest/a.gz]");
    assertThat(state.of("files-to-replay-dlq")).containsExactly("no order");
    assertThat(state.of("file-ledger")).hasSize(3);
  }

  @Test
  void enrich_sends_the_same_chunks_puts_the_same_records_aside_and_stops_at_the_same_place()
      throws Exception {
    State state = same("enrich");

    assertThat(state.of("enriched-logs")).hasSize(15).doesNotHaveDuplicates();
    assertThat(state.of("rejected-logs")).hasSize(2);
    assertThat(state.of("checkpoints")).hasSize(2);
  }

  @Test
  void quarantine_keeps_the_same_objects() throws Exception {
    State state = same("quarantine");

    assertThat(state.of("s3:rejected"))
        .hasSize(3)
        .anyMatch(name -> name.startsWith("day=2026-03-01/stage=streamify/reason=bad_date/"))
        .anyMatch(name -> name.startsWith("unreadable/"));
  }

  @Test
  void what_a_stream_s_reader_could_not_keep_comes_again_until_it_is_kept() throws Exception {
    State state = same(new Scenarios.Outage());

    assertThat(state.of("s3:rejected")).hasSize(3);
    assertThat(state.of("checkpoints")).as("the last record").containsExactly("torn");
  }
}
