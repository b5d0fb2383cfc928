// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class FlatMemoryTest {
  @TempDir Path data;

  @Test
  void five_times_the_heap_goes_in_and_out() throws Exception {
    try (ChildServer server = ChildServer.start(data, "-Xmx48m");
        KinesisClient kinesis = KinesisClients.sync(server.endpoint())) {
      PutRecordsRequestEntry large =
          PutRecordsRequestEntry.builder()
              .partitionKey("k")
              .data(SdkBytes.fromByteArrayUnsafe(new byte[1_000_000]))
              .build();
      List<PutRecordsRequestEntry> five = Collections.nCopies(5, large);
      for (int i = 0; i < 48; i++) {
        assertThat(kinesis.putRecords(b -> b.streamName("s").records(five)).failedRecordCount())
            .isZero();
      }
      assertThat(read(kinesis, "shardId-000000000000") + read(kinesis, "shardId-000000000001"))
          .isEqualTo(240);
    }
  }

  private static int read(KinesisClient kinesis, String shard) {
    String next =
        kinesis
            .getShardIterator(
                b ->
                    b.streamName("s")
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    int count = 0;
    for (; ; ) {
      String at = next;
      GetRecordsResponse page = kinesis.getRecords(b -> b.shardIterator(at));
      if (page.records().isEmpty()) return count;
      count += page.records().size();
      next = page.nextShardIterator();
    }
  }
}
