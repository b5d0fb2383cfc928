// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class KilledServerTest {
  @TempDir Path data;

  /** A server in its own JVM, for {@link #what_was_acknowledged_survives_kill_9}. */
  public static void main(String[] args) throws Exception {
    KinesisServer server =
        KinesisServer.start(Path.of(args[0]), KinesisSettings.defaults().withSegmentBytes(200_000));
    server.ensureStream("s", 2);
    System.out.println(server.endpoint());
    Thread.currentThread().join();
  }

  @RepeatedTest(3)
  void what_was_acknowledged_survives_kill_9() throws Exception {
    List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    Process server =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledServerTest.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        KinesisClient kinesis = KinesisClients.sync(java.net.URI.create(out.readLine()))) {
      ExecutorService writers = Executors.newFixedThreadPool(4);
      for (int w = 0; w < 4; w++) {
        int writer = w;
        writers.execute(() -> write(kinesis, writer, acknowledged));
      }
      Awaitility.await().until(() -> acknowledged.size() > 400);
      server.destroyForcibly().waitFor();
      writers.shutdown();
      assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
    try (KinesisServer again = KinesisServer.start(data, KinesisSettings.defaults());
        Stream<StoredRecord> records = KinesisFiles.read(data, "s", Instant.EPOCH)) {
      assertThat(again.endpoint()).isNotNull();
      List<String> kept = records.map(r -> r.partitionKey() + " " + r.sequenceNumber()).toList();
      assertThat(kept).containsAll(acknowledged).doesNotHaveDuplicates();
    }
  }

  private static void write(KinesisClient kinesis, int writer, List<String> acknowledged) {
    byte[] data = new byte[5_000];
    try {
      for (int i = 0; ; i++) {
        String key = writer + "-" + i;
        String sequence =
            kinesis
                .putRecord(
                    b -> b.streamName("s").partitionKey(key).data(SdkBytes.fromByteArray(data)))
                .sequenceNumber();
        acknowledged.add(key + " " + sequence);
      }
    } catch (SdkException e) {
      // The server was killed.
    }
  }
}
