// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Codec;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.ServersSettings;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class ChunkReaderTest {
  private static final String STREAM = "raw-logs";
  @TempDir static Path folder;
  private EmbeddedServers servers;
  private KinesisClient kinesis;

  @BeforeEach
  void start() throws Exception {
    servers =
        EmbeddedServers.start(
            folder.resolve("data" + System.nanoTime()),
            ServersSettings.only(Server.KINESIS),
            new ServersTopology(List.of(), List.of(new StreamSpec(STREAM, 2)), List.of()));
    kinesis =
        KinesisClient.builder()
            .endpointOverride(servers.endpoints().kinesis())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one")))
            .build();
  }

  @AfterEach
  void stop() {
    kinesis.close();
    servers.close();
  }

  private static PackedRecord chunk(int line) {
    Packer packer = new Packer(Codec.ZSTD);
    byte[] event = RawLog.newBuilder().setFileId(7).setLine(line).build().toByteArray();
    packer.add(event, 0, event.length);
    return packer.pack(
        ChunkHeader.newBuilder()
            .setFileId(7)
            .setFirstLine(line)
            .setLines(1)
            .setMessageType("RawLog")
            .build());
  }

  private void put(int line) {
    put(chunk(line).partitionKey(), chunk(line).data());
  }

  private void put(String key, byte[] data) {
    kinesis.putRecord(
        r -> r.streamName(STREAM).partitionKey(key).data(SdkBytes.fromByteArray(data)));
  }

  /** Until nothing comes any more. */
  private static List<Integer> lines(ChunkReader reader) {
    List<Integer> lines = new ArrayList<>();
    int quiet = 0;
    while (quiet < 3) {
      int records =
          reader.read(
              chunk ->
                  Messages.of(chunk, RawLog.parser()).forEach(log -> lines.add(log.getLine())));
      quiet = records == 0 ? quiet + 1 : 0;
    }
    return lines;
  }

  @Test
  void every_chunk_comes_once_and_a_restart_goes_on_from_the_kept_places() {
    put(1);
    put(2);
    put(1);
    ChunkReader reader = new ChunkReader(kinesis, STREAM);
    assertThat(lines(reader)).containsExactlyInAnyOrder(1, 2);
    Map<String, String> kept = reader.places();
    put(3);

    assertThat(lines(new ChunkReader(kinesis, STREAM, kept))).containsExactly(3);
  }

  @Test
  void a_stream_that_is_split_and_merged_is_read_whole() throws Exception {
    put(1);
    ChunkReader reader = new ChunkReader(kinesis, STREAM);
    assertThat(lines(reader)).containsExactly(1);
    reshard(3);
    put(2);
    put(3);
    reshard(2);
    put(4);

    assertThat(lines(reader)).containsExactlyInAnyOrder(2, 3, 4);
    assertThat(lines(new ChunkReader(kinesis, STREAM))).containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  private void reshard(int shards) {
    kinesis.updateShardCount(
        r -> r.streamName(STREAM).targetShardCount(shards).scalingType("UNIFORM_SCALING"));
    kinesis.waiter().waitUntilStreamExists(r -> r.streamName(STREAM));
  }

  @Test
  void a_damaged_record_is_told_of_and_passed_over() {
    byte[] damaged = chunk(1).data().clone();
    damaged[damaged.length / 2] ^= 1;
    put("damaged", damaged);
    put(2);
    List<byte[]> told = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();

    new ChunkReader(kinesis, STREAM)
        .read(
            chunk -> Messages.of(chunk, RawLog.parser()).forEach(log -> lines.add(log.getLine())),
            (shard, sequenceNumber, data, why) -> told.add(data));

    assertThat(told).containsExactly(damaged);
    assertThat(lines).containsExactly(2);
  }
}
