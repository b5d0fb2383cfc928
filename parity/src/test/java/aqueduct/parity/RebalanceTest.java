// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.logs.PackedRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Containers that share the shards of a stream by locks, and come and go: trap T8 of
 * docs/faults.md. Nothing is lost; what two of them read is the same chunk twice, in the same
 * bytes, which counts once.
 */
class RebalanceTest {
  private static final Duration LIMIT = Duration.ofMinutes(2); // slow machines
  private final Set<String> sent = new TreeSet<>();
  private final List<InContainer> started = new ArrayList<>();
  private Path directory;
  private World world;
  private int files;

  @BeforeEach
  void start() throws Exception {
    directory = Runs.directory("rebalance");
    world = World.start(directory);
    Dictionary.put(world, directory);
    Scenarios.visitorKeys(world);
  }

  @AfterEach
  void stop() {
    started.forEach(InContainer::close);
    world.close();
  }

  @Test
  void instances_that_start_pause_and_die_lose_no_chunk_and_change_none() throws Exception {
    InContainer first = enrich();
    send(3);
    awaitAll("one alone");

    InContainer second = enrich();
    send(3);
    awaitAll("two");

    first.pause();
    send(3);
    awaitAll("the other, while one hangs with its locks");
    first.resume();
    send(3);
    awaitAll("both, one of which woke up with locks that it had lost");

    second.kill();
    send(3);
    awaitAll("the one that is left");

    enrich();
    first.kill();
    send(3);
    awaitAll("a new one");

    Set<String> bytes = new TreeSet<>(State.of(world).of("enriched-logs"));
    assertThat(bytes).as("what came twice is the same").hasSameSizeAs(sent);
    assertThat(State.records(world, "rejected-logs")).hasSize(0);
  }

  private InContainer enrich() throws Exception {
    Path own = Files.createDirectories(directory.resolve("enrich-" + started.size()));
    InContainer one = new InContainer("enrich", world, own);
    started.add(one);
    return one;
  }

  private void send(int more) throws Exception {
    for (int i = 0; i < more; i++) {
      for (PackedRecord chunk : LogFiles.chunks("f" + files++ + ".gz", Scenarios.LINES)) {
        Inputs.record(world, "raw-logs", chunk);
        sent.add(chunk.partitionKey());
      }
    }
  }

  private void awaitAll(String who) {
    await(who)
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(enriched()).isEqualTo(sent));
  }

  private Set<String> enriched() {
    return State.records(world, "enriched-logs").stream()
        .map(Record::partitionKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
