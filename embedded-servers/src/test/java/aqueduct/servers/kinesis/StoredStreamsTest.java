// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class StoredStreamsTest extends OnKinesis {
  @Test
  void records_shards_and_settings_are_there_after_a_restart_and_numbers_go_on_rising()
      throws Exception {
    String first = put("a", "1");
    kinesis.splitShard(
        b ->
            b.streamName("s")
                .shardToSplit("shardId-000000000000")
                .newStartingHashKey(HALF.toString()));
    kinesis.increaseStreamRetentionPeriod(b -> b.streamName("s").retentionPeriodHours(48));
    String second = put("a", "2");
    var before = shards();
    clock.go(Duration.ofHours(-1));
    restart();
    String third = put("a", "3");

    assertThat(shards()).isEqualTo(before);
    assertThat(texts()).containsExactly("1", "2", "3");
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    assertThat(
            kinesis
                .describeStreamSummary(b -> b.streamName("s"))
                .streamDescriptionSummary()
                .retentionPeriodHours())
        .isEqualTo(48);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 12, 18, 24})
  void a_record_that_a_killed_process_left_half_written_is_cut(int bytes) throws Exception {
    List<String> kept = IntStream.range(0, 5).mapToObj(i -> put("k", "text " + i)).toList();
    stop();
    Path last = files().get(files().size() - 1);
    long whole = Files.size(last);
    byte[] record = new byte[bytes];
    System.arraycopy(Files.readAllBytes(last), 0, record, 0, bytes);
    Files.write(last, record, StandardOpenOption.APPEND);
    assertThat(stored()).containsExactly("text 0", "text 1", "text 2", "text 3", "text 4");
    start();
    assertThat(Files.size(last)).isEqualTo(whole);
    String next = put("k", "after");
    assertThat(next).isGreaterThan(kept.get(4));
    assertThat(texts()).containsExactly("text 0", "text 1", "text 2", "text 3", "text 4", "after");
  }

  @Test
  void a_whole_record_with_wrong_bytes_at_the_end_is_cut_too() throws Exception {
    put("k", "good");
    put("k", "damaged");
    stop();
    Path last = files().get(files().size() - 1);
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      file.seek(file.length() - 1);
      file.write('x');
    }
    start();
    assertThat(texts()).containsExactly("good");
  }

  @Test
  void records_beyond_the_retention_are_not_given_out_and_their_files_go() throws Exception {
    List<String> old =
        IntStream.range(0, 40).mapToObj(i -> put("k", "old " + i + "-".repeat(1_000))).toList();
    clock.go(Duration.ofHours(12));
    put("k", "young");
    int before = files().size();
    clock.go(Duration.ofHours(12).plusMillis(1));
    assertThat(texts()).containsExactly("young");
    assertThat(
            kinesis
                .getRecords(
                    b ->
                        b.shardIterator(
                            iterator(
                                "shardId-000000000000",
                                ShardIteratorType.AT_SEQUENCE_NUMBER,
                                old.get(3),
                                null)))
                .records())
        .extracting(r -> r.data().asUtf8String())
        .containsExactly("young");
    server.expire();
    assertThat(files().size()).isLessThan(before);
    assertThat(texts()).containsExactly("young");
    clock.go(Duration.ofHours(24));
    server.expire();
    assertThat(files()).hasSize(1).allMatch(f -> f.toFile().length() == 0);
    assertThat(texts()).isEmpty();
    restart();
    assertThat(put("k", "next")).isGreaterThan(old.get(39));
    assertThat(texts()).containsExactly("next");
  }

  @Test
  void a_closed_shard_goes_with_its_last_record() throws Exception {
    put("k", "in the parent");
    kinesis.updateShardCount(
        b -> b.streamName("s").targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    assertThat(shards()).hasSize(3);
    clock.go(Duration.ofHours(24).plusMillis(1));
    server.expire();
    assertThat(shards()).hasSize(2).allMatch(s -> s.parentShardId() != null);
    assertThat(data.resolve("s/shardId-000000000000")).doesNotExist();
    restart();
    put("k", "in a child");
    List<Record> records = new ArrayList<>();
    shards().forEach(s -> drain(s.shardId(), records));
    assertThat(records).hasSize(1);
  }

  @Test
  void an_iterator_at_a_time_is_exact_over_many_files() {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      times.add(clock.instant());
      put("k", i + "-".repeat(500));
      if (i % 3 == 0) clock.go(Duration.ofMillis(7));
    }
    clock.go(Duration.ofMillis(7));
    for (int i = 0; i < 200; i += 9) {
      Instant time = times.get(i);
      int first = times.indexOf(time);
      assertThat(firstAt(time)).startsWith(first + "-");
      int next = times.lastIndexOf(time) + 1;
      if (next < 200) assertThat(firstAt(time.plusMillis(1))).startsWith(next + "-");
    }
  }

  private String firstAt(Instant time) {
    String iterator = iterator("shardId-000000000000", ShardIteratorType.AT_TIMESTAMP, null, time);
    return kinesis
        .getRecords(b -> b.shardIterator(iterator).limit(1))
        .records()
        .get(0)
        .data()
        .asUtf8String();
  }

  @Test
  void stored_records_are_read_without_the_server_in_the_order_of_their_numbers() throws Exception {
    kinesis.updateShardCount(
        b -> b.streamName("s").targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (i == 150) clock.go(Duration.ofMinutes(5));
      put("key " + i, "record " + i);
      put.add("record " + i);
    }
    assertThat(stored()).isEqualTo(put);
    Instant half = clock.instant();
    stop();
    assertThat(KinesisFiles.streams(data)).containsExactly("s");
    assertThat(stored()).isEqualTo(put);
    try (Stream<StoredRecord> records = KinesisFiles.read(data, "s", half)) {
      assertThat(records.map(StoredRecord::partitionKey))
          .containsExactlyElementsOf(IntStream.range(150, 300).mapToObj(i -> "key " + i).toList());
    }
    assertThatThrownBy(() -> KinesisFiles.read(data, "none", half))
        .isInstanceOf(NoSuchFileException.class);
    start();
  }

  @Test
  void a_deleted_stream_leaves_nothing_and_its_iterators_end() {
    put("k", "1");
    String iterator = horizon("shardId-000000000000");
    kinesis.deleteStream(b -> b.streamName("s"));
    assertThat(data).isEmptyDirectory();
    clock.go(Duration.ofMillis(1));
    kinesis.createStream(b -> b.streamName("s").shardCount(1));
    assertThatThrownBy(() -> kinesis.getRecords(b -> b.shardIterator(iterator)))
        .hasMessageContaining("deleted");
    assertThat(texts()).isEmpty();
  }

  private List<String> stored() throws Exception {
    try (Stream<StoredRecord> records = KinesisFiles.read(data, "s", Instant.EPOCH)) {
      return records
          .map(r -> new String(r.data(), java.nio.charset.StandardCharsets.UTF_8))
          .toList();
    }
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(data.resolve("s"))) {
      return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
    }
  }
}
