// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.lambda.LocalRuntimeApi.Kind;
import aqueduct.logs.PackedRecord;
import aqueduct.servers.kinesis.Throttling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Cut off in the middle of a file by its time-out. */
class TimeoutTest {
  private static final String QUEUE = "files-to-stream-production";
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int LINES = 4_500;

  private static World world(Path directory) throws Exception {
    World world = World.start(directory);
    Inputs.object(world, "backup", "a.gz", LogFiles.file(LINES));
    world.servers.kinesis().throttle(Throttling.refusing(1, 1)); // it cannot come to its end
    Inputs.send(world, QUEUE, Inputs.event("backup", "a.gz"));
    return world;
  }

  private static void assertWhole(World world) throws Exception {
    State state = State.of(world);
    TreeSet<String> expected = new TreeSet<>();
    for (PackedRecord chunk : LogFiles.chunks("a.gz", LINES)) expected.add(State.chunk(chunk));
    assertThat(new TreeSet<>(state.of("raw-logs"))).isEqualTo(expected);
    assertThat(new TreeSet<>(state.of("rejected-logs"))).hasSize(LINES / 10);
    assertThat(state.of("file-ledger")).singleElement().asString().contains("DONE");
  }

  @Test
  void a_function_that_is_out_of_time_is_ended_and_its_file_is_streamed_by_the_next()
      throws Exception {
    Path directory = Runs.directory("timeout");
    try (World world = world(directory);
        OnLambda lambda = new OnLambda(Form.LAMBDA_IMAGE, "streamify", world, directory)) {
      lambda.timeout(Duration.ofSeconds(3));
      assertThat(lambda.serveOnce(world.queueUrl(QUEUE)).kind()).isEqualTo(Kind.TIMED_OUT);
      lambda.timeout(LIMIT);
      world.servers.kinesis().throttle(Throttling.none());
      // The claim of the one that was ended runs out; until then the file is held.
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                Inputs.send(world, QUEUE, Inputs.event("backup", "a.gz"));
                lambda.serveOnce(world.queueUrl(QUEUE));
                return State.ledgerState(world, "a.gz").equals("DONE");
              });
      assertWhole(world);
    }
  }
}
