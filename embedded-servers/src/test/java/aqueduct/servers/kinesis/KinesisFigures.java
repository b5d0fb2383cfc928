// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Not a test: what the server moves, with one synchronous client in the same JVM. Run its main. */
final class KinesisFigures {
  private final KinesisClient kinesis;

  private KinesisFigures(KinesisClient kinesis) {
    this.kinesis = kinesis;
  }

  public static void main(String[] args) throws Exception {
    Path data = Files.createTempDirectory("kinesis-figures");
    try (KinesisServer server = KinesisServer.start(data, KinesisSettings.defaults());
        KinesisClient kinesis = KinesisClients.sync(server.endpoint())) {
      KinesisFigures figures = new KinesisFigures(kinesis);
      for (int round = 1; round <= 3; round++) {
        figures.measure("large-" + round, 100, 9, 1_000_000);
        figures.measure("small-" + round, 200, 500, 250);
      }
    } finally {
      DataStream.delete(data);
    }
  }

  private void measure(String stream, int requests, int records, int bytes) {
    kinesis.createStream(b -> b.streamName(stream).shardCount(1));
    byte[] data = new byte[bytes];
    new Random(1).nextBytes(data);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      entries.add(
          PutRecordsRequestEntry.builder()
              .partitionKey("k" + i)
              .data(SdkBytes.fromByteArrayUnsafe(data))
              .build());
    }
    long started = System.nanoTime();
    for (int i = 0; i < requests; i++)
      kinesis.putRecords(b -> b.streamName(stream).records(entries));
    print(stream + " in", started, requests * records, bytes);
    started = System.nanoTime();
    print(stream + " out", started, read(stream, requests * records), bytes);
    kinesis.deleteStream(b -> b.streamName(stream));
  }

  private int read(String stream, int expected) {
    String iterator =
        kinesis
            .getShardIterator(
                b ->
                    b.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    int count = 0;
    while (count < expected) {
      String at = iterator;
      GetRecordsResponse page = kinesis.getRecords(b -> b.shardIterator(at));
      count += page.records().size();
      iterator = page.nextShardIterator();
    }
    return count;
  }

  private static void print(String what, long started, int records, int bytes) {
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "%-12s %,10.0f records/s %8.1f MB/s%n",
        what, records / seconds, records / seconds * bytes / 1e6);
  }
}
