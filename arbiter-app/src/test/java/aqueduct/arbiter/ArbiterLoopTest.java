// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.RefusedException;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Arbiter;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Limits;
import aqueduct.arbiter.decision.Patience;
import aqueduct.arbiter.decision.Restraint;
import aqueduct.arbiter.decision.Scale;
import aqueduct.arbiter.decision.SpotRule;
import aqueduct.arbiter.decision.Work;
import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DeposedException;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.DynamoDbLease;
import aqueduct.arbiter.memory.Entry;
import aqueduct.metrics.Writers;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Several loops on one table: who acts, and what the next one knows. */
class ArbiterLoopTest {
  private static final LaunchSpec SPEC = new LaunchSpec("local", List.of(), "", false, 0);
  private static final Limits LIMITS =
      new Limits(
          Duration.ofMinutes(5),
          new Patience(
              Duration.ofMinutes(20),
              Duration.ofMinutes(10),
              Duration.ofMinutes(2),
              Duration.ofMinutes(5),
              3),
          new Restraint(6, Duration.ofMinutes(1), Duration.ofMinutes(30), 5, 1),
          new Scale(
              1,
              4,
              0.7,
              0.3,
              0.5,
              Duration.ofMinutes(30),
              Duration.ofMinutes(10),
              Duration.ofHours(1)),
          new SpotRule(0.9, 0.7, Duration.ofHours(1), Duration.ofHours(2)),
          List.of(SPEC));
  @TempDir static Path folder;
  private static EmbeddedServers servers;
  private static DynamoDbClient dynamo;
  private static int tables;

  private final Backend backend = new Backend();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private ArbiterTable table;
  private long nanos;

  /** Says yes, and remembers; refuses or dies when it shall. */
  private static final class Backend implements ClusterBackend {
    final List<Cluster> clusters = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    RuntimeException next;

    @Override
    public List<Cluster> list() {
      return List.copyOf(clusters);
    }

    @Override
    public void launch(Launch launch) {
      call("launch " + launch.launchId());
      clusters.add(
          new Cluster(
              "c" + clusters.size(),
              launch.launchId(),
              launch.spec().name(),
              launch.token(),
              State.STARTING,
              "",
              Instant.now(),
              launch.units(),
              Optional.empty(),
              Work.NONE));
    }

    private void call(String what) {
      calls.add(what);
      if (next != null) {
        RuntimeException thrown = next;
        next = null;
        throw thrown;
      }
    }

    @Override
    public void resubmit(String clusterId, long token) {
      call("resubmit " + clusterId);
    }

    @Override
    public void resize(String clusterId, int units) {
      call("resize " + clusterId);
    }

    @Override
    public void end(String clusterId) {
      call("end " + clusterId);
    }
  }

  private static final Writers WRITERS =
      new Writers() {
        @Override
        public void beat(Heartbeat beat) {}

        @Override
        public Standing look() {
          return new Standing(Instant.now(), 0, Optional.empty(), List.of());
        }
      };

  @BeforeAll
  static void start() throws Exception {
    servers =
        EmbeddedServers.start(
            folder, ServersSettings.only(ServersSettings.Server.DYNAMODB), ServersTopology.empty());
    dynamo =
        DynamoDbClient.builder()
            .endpointOverride(servers.endpoints().dynamoDb())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  @AfterAll
  static void stop() {
    dynamo.close();
    servers.close();
  }

  @BeforeEach
  void fresh() {
    table = new ArbiterTable(dynamo, "arbiter-" + ++tables);
    table.create();
    table.create(); // may be repeated
  }

  private ArbiterLoop loop(String name, boolean dryRun) {
    return new ArbiterLoop(
        name,
        dryRun,
        new ArbiterLoop.Parts(
            LIMITS,
            new Arbiter(LIMITS),
            new DynamoDbLease(table, name, Duration.ofSeconds(30), () -> nanos),
            new DynamoDbJournal(table),
            new Observer(backend, WRITERS, Map::of, Clock.systemUTC()),
            backend,
            new ArbiterMeters(registry, Clock.systemUTC())));
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private List<Entry> log() {
    return new DynamoDbJournal(table).entries(50);
  }

  @Test
  void of_two_arbiters_one_acts_and_the_other_takes_over_when_it_is_gone() {
    ArbiterLoop first = loop("first", false);
    ArbiterLoop second = loop("second", false);
    first.turn();
    second.turn();
    assertThat(backend.calls).containsExactly("launch launch-1");
    pass(20);
    first.turn();
    second.turn();
    pass(20);
    second.turn();
    assertThat(log()).extracting(Entry::arbiter).containsOnly("first");
    pass(31);
    second.turn(); // the same beat for longer than the lease
    assertThat(new DynamoDbJournal(table).sighting().orElseThrow().arbiter()).isEqualTo("second");
    assertThat(new DynamoDbJournal(table).sighting().orElseThrow().fence()).isEqualTo(2);
    first.turn(); // it wakes, and finds the lease taken
    assertThat(backend.calls).as("nobody launched a second one").hasSize(1);
  }

  @Test
  void who_wakes_with_an_old_fence_cannot_write() {
    DynamoDbJournal journal = new DynamoDbJournal(table);
    loop("first", false).turn();
    journal.open(2);
    assertThatThrownBy(() -> journal.open(1)).isInstanceOf(DeposedException.class);
    assertThatThrownBy(
            () ->
                journal.keep(
                    1,
                    aqueduct.arbiter.decision.Memory.NEW,
                    journal.sighting().orElseThrow(),
                    Optional.empty()))
        .isInstanceOf(DeposedException.class)
        .hasMessage("tenure 1 is over: another arbiter acts");
    assertThat(journal.open(2).lastToken()).as("the memory stands").isEqualTo(1);
  }

  @Test
  void an_arbiter_that_dies_between_writing_and_doing_leaves_the_launch_to_the_next() {
    backend.next = new IllegalStateException("kill -9");
    loop("first", false).turn();
    assertThat(backend.clusters).isEmpty();
    ArbiterLoop second = loop("second", false);
    second.turn();
    pass(31);
    second.turn();
    assertThat(backend.calls).as("it may yet be listed").hasSize(1);
    Instant asked = new DynamoDbJournal(table).open(2).attempt().orElseThrow().asked();
    assertThat(asked).isBefore(Instant.now());
    assertThat(new DynamoDbJournal(table).open(2).lastToken()).isEqualTo(1);
  }

  @Test
  void a_launch_that_was_refused_is_asked_for_again_at_the_next_turn_under_the_same_name() {
    backend.next = new RefusedException("Rate exceeded", new IllegalStateException());
    ArbiterLoop loop = loop("first", false);
    loop.turn();
    loop.turn();
    loop.turn();
    assertThat(backend.calls).containsExactly("launch launch-1", "launch launch-1");
    assertThat(backend.clusters).hasSize(1);
    assertThat(registry.counter("aqueduct.arbiter.calls.refused").count()).isEqualTo(1);
  }

  @Test
  void a_dry_run_says_what_it_would_do_and_does_nothing() {
    ArbiterLoop loop = loop("first", true);
    for (int i = 0; i < 5; i++) {
      loop.turn();
    }
    assertThat(backend.calls).isEmpty();
    assertThat(log())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.dryRun()).isTrue();
              assertThat(entry.action()).isEqualTo("launch launch-1 local x 1 as writer 1");
              assertThat(entry.reason()).isEqualTo("there is no cluster: local x 1");
              assertThat(entry.rule()).isEqualTo("no-cluster");
            });
  }
}
