// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

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

  @RepeatedTest(2)
  void what_was_acknowledged_survives_kill_9() throws Exception {
    List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    try (ChildServer server = ChildServer.start(data);
        KinesisClient kinesis = KinesisClients.sync(server.endpoint())) {
      ExecutorService writers = Executors.newFixedThreadPool(4);
      for (int w = 0; w < 4; w++) {
        int writer = w;
        writers.execute(() -> write(kinesis, writer, acknowledged));
      }
      Awaitility.await().until(() -> acknowledged.size() > 400);
      server.kill();
      writers.shutdown();
      assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
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
