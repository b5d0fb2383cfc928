// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import static org.awaitility.Awaitility.await;

import aqueduct.arbiter.clusters.standalone.StandaloneBackend;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.contracts.Events;
import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.stores.kinesis.KinesisRecordSink;
import aqueduct.stores.kinesis.SinkSettings;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * How many events a second a standalone cluster aggregates with one executor and with two, of one
 * core each: bursts are on the stream before the cluster starts, each in a window of its own, and
 * the driver's log says how long each window took. Figures, not a verdict: run by name ({@code
 * -Dtest=ScaleFigures}) on a quiet machine.
 */
@Tag("cluster")
class ScaleFigures {
  private static final Path FOLDER = Path.of("target", "scale").toAbsolutePath();
  private static final int BURSTS = 5;
  private static final int CHUNKS = Integer.getInteger("scale.chunks", 1000);
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final Pattern TOOK =
      Pattern.compile("Window (\\S+) to \\S+: (\\d+) events of .* in (\\d+) ms");
  private int ordinal;

  @Test
  void events_a_second_with_one_executor_and_with_two() throws Exception {
    FileSystemUtils.deleteRecursively(FOLDER);
    Files.createDirectories(FOLDER);
    ServersTopology streams =
        new ServersTopology(
            List.of(),
            List.of(new StreamSpec("enriched-logs", 4), new StreamSpec("rejected-logs", 1)),
            List.of());
    try (EmbeddedServers servers =
        EmbeddedServers.start(
            FOLDER.resolve("servers"),
            ServersSettings.only(Server.KINESIS, Server.POSTGRES).withFsync(true),
            streams)) {
      fill(servers);
      String first = servers.endpoints().jdbcUrl();
      measure(servers, first, 1);
      measure(servers, StoredMetrics.anotherDatabase(first, "second"), 2);
    }
  }

  private void fill(EmbeddedServers servers) throws InterruptedException {
    try (KinesisClient kinesis = RealWorld.kinesis(servers.endpoints());
        KinesisRecordSink sink =
            new KinesisRecordSink(kinesis, SinkSettings.defaults(), pipe -> pipe)) {
      for (int burst = 0; burst < BURSTS; burst++) {
        long past = System.currentTimeMillis() % WINDOW.toMillis();
        Thread.sleep(past < 1000 ? 0 : WINDOW.toMillis() - past + 500);
        Instant began = Instant.now();
        for (int i = 0; i < CHUNKS; i += 50) {
          sink.put("enriched-logs", chunks(50));
        }
        System.out.printf("burst of %d ms%n", Duration.between(began, Instant.now()).toMillis());
      }
    }
  }

  private List<PackedRecord> chunks(int many) {
    List<PackedRecord> records = new ArrayList<>();
    for (int i = 0; i < many; i++, ordinal++) {
      Packer packer = new Packer(Codec.ZSTD);
      for (EnrichedLog event :
          Events.enriched(ordinal % 50, 1000, Instant.now().minus(Duration.ofDays(1)))) {
        byte[] bytes = event.toByteArray();
        packer.add(bytes, 0, bytes.length);
      }
      records.add(
          packer.pack(
              ChunkHeader.newBuilder()
                  .setFileId(1 + ordinal / 100)
                  .setFirstLine(1 + ordinal % 100 * 1000)
                  .setOrdinal(ordinal % 100)
                  .setLines(1000)
                  .setMessageType("EnrichedLog")
                  .build()));
    }
    return records;
  }

  private static void measure(EmbeddedServers servers, String jdbcUrl, int executors)
      throws Exception {
    ClusterParts parts = new ClusterParts(FOLDER.resolve("clusters-" + executors));
    ArbiterSettings settings = new ArbiterSettings(parts.clusters(), servers.endpoints());
    StandaloneBackend backend =
        new StandaloneBackend(
            settings.backend(
                List.of(
                    "--aqueduct.aggregate.master=",
                    "--aqueduct.aggregate.window=" + WINDOW.toSeconds() + "s",
                    "--aqueduct.aggregate.settle=500ms",
                    "--aqueduct.aggregate.max-windows=1",
                    "--aqueduct.aggregate.partitions=" + 2 * executors,
                    "--aqueduct.aggregate.jdbc-url=" + jdbcUrl,
                    "--aqueduct.aggregate.user=postgres"),
                List.of("-XX:+UseSerialGC")),
            Clock.systemUTC());
    try {
      LaunchSpec spec = new LaunchSpec("local", List.of(), "", false, 0);
      backend.launch(new Launch("launch-1", spec, 1, executors));
      await()
          .atMost(RealWorld.PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> !backend.list().isEmpty() && windows(parts) >= BURSTS);
      Matcher window = TOOK.matcher(parts.logs("launch-1"));
      while (window.find()) {
        long events = Long.parseLong(window.group(2));
        long millis = Long.parseLong(window.group(3));
        System.out.printf(
            "%d executor(s): %d events in %d ms, %d a second%n",
            executors, events, millis, events * 1000 / millis);
      }
      parts.processes("launch-1", "executor").stream()
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .flatMap(process -> process.info().totalCpuDuration().stream())
          .forEach(cpu -> System.out.printf("  an executor's CPU: %d ms%n", cpu.toMillis()));
    } finally {
      parts.endAll();
    }
  }

  private static long windows(ClusterParts parts) {
    return TOOK.matcher(parts.logs("launch-1")).results().count();
  }
}
