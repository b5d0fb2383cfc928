// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Memory;
import aqueduct.arbiter.decision.Work;
import aqueduct.arbiter.memory.ArbiterTable;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.Entry;
import aqueduct.arbiter.memory.Sighting;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What an arbiter has written down, asked for by the command line. */
class ArbiterCommandsTest {
  private static final Instant NOW = Instant.now();
  @TempDir Path data;
  private EmbeddedServers servers;
  private DynamoDbClient dynamo;

  @BeforeEach
  void start() throws IOException {
    servers =
        EmbeddedServers.start(
            data,
            ServersSettings.only(Server.DYNAMODB),
            new ServersTopology(List.of(), List.of(), List.of()));
    servers.endpoints().writeEnvFile(data.resolve("aqueduct.env"));
    dynamo =
        DynamoDbClient.builder()
            .endpointOverride(servers.endpoints().dynamoDb())
            .region(Region.of(servers.endpoints().region()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  @AfterEach
  void close() {
    dynamo.close();
    servers.close();
  }

  @Test
  void status_and_why_say_what_was_seen_and_decided() {
    assertThat(ask("status"))
        .satisfies(
            none -> {
              assertThat(none.status()).isEqualTo(1);
              assertThat(none.err()).contains("no arbiter has run here");
            });
    ArbiterTable table = new ArbiterTable(dynamo, "arbiter");
    table.create();
    DynamoDbJournal journal = new DynamoDbJournal(table);
    keep(journal, sighting(State.STARTING, Work.NONE), "launch launch-7 spot x 2 as writer 7");
    assertThat(ask("status").status()).as("none serves").isEqualTo(1);
    keep(journal, sighting(State.RUNNING, working()), "stay");

    Cli status = ask("status");
    assertThat(status.status()).isZero();
    assertThat(status.out()).contains("launch-7", "RUNNING");
    assertThat(status.err()).contains("a/1 looked", "healthy: all is well");
    Cli why = ask("why", "--last", "1", "--format", "csv");
    assertThat(why.status()).isZero();
    assertThat(why.lines()).hasSize(2).last().asString().contains("stay", "all is well");
    assertThat(ask("why").out()).contains("launch launch-7 spot x 2 as writer 7");
  }

  @Test
  void wrong_usage_names_the_command_that_helps() {
    assertThat(ask("why", "--last", "0").err()).contains("See: aqueduct arbiter why --help");
  }

  /** With a metric store that does not answer, and nothing to launch with: a dry run needs none. */
  @Test
  void the_arbiter_starts_from_its_jar_and_says_what_it_would_do() throws IOException {
    Process arbiter = arbiter();
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> !arbiter.isAlive() || ask("why").out().contains("launch launch-1"));
      assertThat(arbiter.isAlive()).as("see " + data.resolve("arbiter.log")).isTrue();
      assertThat(ask("status").err()).contains("dry run", "The metric store did not answer");
    } finally {
      arbiter.destroyForcibly();
    }
  }

  private Process arbiter() throws IOException {
    Path target = SharedPipeline.home().resolve("arbiter-app/target");
    Path jar;
    try (Stream<Path> files = Files.list(target)) {
      jar = files.filter(f -> f.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
    }
    String prefix = "--aqueduct.arbiter.";
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString(),
            "--server.port=0",
            prefix + "dry-run=true",
            prefix + "every=1s",
            prefix + "backend=standalone",
            prefix + "jdbc-url=jdbc:postgresql://127.0.0.1:1/none",
            prefix + "standalone.data=" + data.resolve("clusters"),
            prefix + "standalone.spark-jars=" + data,
            prefix + "standalone.job-jar=" + data.resolve("none.jar"),
            prefix + "standalone.main-class=None");
    builder.environment().putAll(servers.endpoints().env());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("arbiter.log").toFile())
        .start();
  }

  private Cli ask(String question, String... more) {
    String[] words = new String[4 + more.length];
    System.arraycopy(new String[] {"arbiter", question, "--data", data.toString()}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return Cli.run(words);
  }

  private static void keep(DynamoDbJournal journal, Sighting sighting, String action) {
    Entry entry = new Entry(Instant.now(), "a/1", 1, "rule", action, "all is well", false);
    journal.keep(1, Memory.NEW, sighting, Optional.of(entry));
  }

  private static Work working() {
    Optional<Instant> now = Optional.of(NOW);
    return new Work(now, now, now, Optional.empty(), Duration.ofSeconds(20));
  }

  private static Sighting sighting(State state, Work work) {
    Cluster cluster =
        new Cluster("launch-7", "launch-7", "spot", 7, state, "", NOW, 2, Optional.empty(), work);
    return new Sighting(
        NOW,
        "a/1",
        1,
        false,
        true,
        true,
        List.of(cluster),
        Optional.of(NOW),
        7,
        0.2,
        "healthy: all is well");
  }
}
