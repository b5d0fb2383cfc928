// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import static aqueduct.arbiter.cluster.RealWorld.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aqueduct.arbiter.decision.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.util.FileSystemUtils;

/**
 * aggregate-app on real standalone clusters, two arbiters as real processes, and everything killed
 * in turn while chunks arrive. After each loss every event counts once and one healthy cluster
 * serves. One world for all: each test goes on with the cluster that the one before has left, and
 * none is run after one that failed.
 *
 * <p>Logs stay in {@code target/cluster}, the times in {@code target/cluster-recovery.md}.
 */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ClusterTest {
  private static final Path FOLDER = Path.of("target", "cluster").toAbsolutePath();
  private final RecoveryTimes times =
      new RecoveryTimes(Path.of("target", "cluster-recovery.md").toAbsolutePath());
  private RealWorld world;
  private boolean whole = true;

  @BeforeAll
  void start() throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
    Files.createDirectories(FOLDER);
    world = new RealWorld(FOLDER);
  }

  @AfterAll
  void close() throws InterruptedException {
    world.decisions().forEach(System.out::println);
    world.close();
  }

  private void begin() {
    assumeThat(whole).as("the test before has left a healthy cluster").isTrue();
    whole = false;
  }

  private void recovered(String after, Instant since) throws IOException {
    times.add(after, since);
    world.everyEventCountsOnce();
    whole = true;
  }

  @Test
  @Order(1)
  void of_two_arbiters_started_at_once_one_starts_one_cluster() throws Exception {
    begin();
    Instant started = Instant.now();
    world.startArbiter("a");
    world.startArbiter("b");
    Cluster first = world.healthy(0);

    assertThat(world.decisions()).filteredOn(e -> e.action().startsWith("launch")).hasSize(1);
    assertThat(world.parts.isLaunched("launch-" + (first.token() + 1))).isFalse();
    recovered("nothing: two arbiters start at once", started);
  }

  @Test
  @Order(2)
  void a_cluster_that_lost_a_worker_is_replaced() throws Exception {
    begin();
    Cluster before = world.healthy(0);
    Instant killed = Instant.now();
    Signal.send("KILL", world.parts.process(before.id(), "worker-1"));

    world.healthy(before.token());
    recovered("kill -9 of a worker", killed);
  }

  /** By its master, as the same writer; or by the arbiter, if that is quicker. */
  @Test
  @Order(3)
  void a_killed_driver_is_started_again() throws Exception {
    begin();
    Cluster before = world.healthy(0);
    Instant killed = Instant.now();
    long driver = world.parts.process(before.id(), "driver");
    Signal.send("KILL", driver);
    await().atMost(PATIENCE).until(() -> ProcessHandle.of(driver).isEmpty());

    world.awaitWindows();
    world.healthy(before.token() - 1);
    recovered("kill -9 of the driver", killed);
  }

  @Test
  @Order(4)
  void a_cluster_that_lost_its_master_is_replaced() throws Exception {
    begin();
    Cluster before = world.healthy(0);
    Instant killed = Instant.now();
    Signal.send("KILL", world.parts.process(before.id(), "master"));

    world.healthy(before.token());
    recovered("kill -9 of the master", killed);
  }

  @Test
  @Order(5)
  void an_arbiter_killed_amid_a_replacement_leaves_it_to_the_next_one() throws Exception {
    begin();
    Cluster before = world.healthy(0);
    String replacement = "launch-" + (before.token() + 1);
    Instant killed = Instant.now();
    Signal.send("KILL", world.parts.process(before.id(), "worker-0"));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> world.parts.isLaunched(replacement));
    String name = world.killActingArbiter();

    Cluster next = world.healthy(before.token());
    assertThat(next.launchId()).as("nothing was launched twice").isEqualTo(replacement);
    recovered("kill -9 of a worker, and of the acting arbiter amid the replacement", killed);
    world.startArbiter(name + "2");
  }

  /** Nobody ends the old cluster while all arbiters stand still, so the driver wakes in it. */
  @Test
  @Order(6)
  void a_driver_that_was_stopped_for_60_s_wakes_and_cannot_write() throws Exception {
    begin();
    Cluster before = world.healthy(0);
    Instant stopped = Instant.now();
    long driver = world.parts.process(before.id(), "driver");
    Signal.send("STOP", driver);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> world.parts.isSubmitted("launch-" + (before.token() + 1)));
    world.signalArbiters("STOP");
    await().atMost(PATIENCE).until(() -> world.metrics.newestToken() > before.token());
    times.add("SIGSTOP of the driver", stopped);
    Instant wake = stopped.plusSeconds(60);
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(wake));
    Signal.send("CONT", driver);

    await()
        .atMost(PATIENCE)
        .until(() -> world.parts.logs(before.id()).contains("was replaced by writer"));
    assertThat(world.metrics.windowsOfAWriterAfterThoseOfANewerOne()).isZero();
    Instant woken = Instant.now();
    world.signalArbiters("CONT");
    world.healthy(before.token());
    recovered("both arbiters stopped meanwhile and woken, the old cluster ended", woken);
  }

  @Test
  @Order(7)
  void in_all_of_that_nothing_was_launched_twice_and_no_replaced_writer_has_written() {
    begin();
    List<String> launches =
        world.decisions().stream()
            .map(entry -> entry.action())
            .filter(action -> action.startsWith("launch"))
            .toList();

    assertThat(launches).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
    assertThat(world.metrics.windowsOfAWriterAfterThoseOfANewerOne()).isZero();
    world.everyEventCountsOnce();
  }
}
