// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.InMemoryShardProgress;
import aqueduct.contracts.Rejections;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordStreamer;
import aqueduct.logs.ShardProgress;
import aqueduct.logs.ShardProgress.Span;
import aqueduct.logs.ShardProgress.State;
import aqueduct.logs.Unpacker;
import aqueduct.logs.cloudfront.RealtimeFields;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The life of a shard's records: each in one chunk, whatever is delivered again and however cut.
 */
class RealtimeStreamTest {
  private static final BigInteger FIRST = new BigInteger("49590338271490256608559692538361571095");
  private static final RealtimeFields FIELDS =
      RealtimeFields.of(
          Map.of(LocalDate.of(2026, 1, 1), List.of("timestamp", "sc-status", "x-edge-request-id")));
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final InMemoryShardProgress progress = new InMemoryShardProgress();
  private List<StreamRecord> shard = records(0, 500);

  /** Every third record has two lines. */
  private static List<StreamRecord> records(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new StreamRecord(
                    FIRST.add(BigInteger.valueOf(3L * i)).toString(),
                    (line(2 * i) + (i % 3 == 0 ? line(2 * i + 1) : "")).getBytes(UTF_8)))
        .toList();
  }

  private static String line(int id) {
    return "1795600000.1\t200\tid-" + id + "\n";
  }

  private RealtimeStream stream(ShardProgress where) {
    return new RealtimeStream(
        new RecordStreamer.Settings(Codec.ZSTD, 1 << 18),
        FIELDS,
        new RealtimeStream.Ports(where, this::read, sink),
        new SimpleMeterRegistry());
  }

  /** The stream itself, as long as it has the whole span. */
  private List<StreamRecord> read(String stream, String name, Span span) {
    List<StreamRecord> found =
        shard.stream()
            .filter(r -> ShardProgress.compare(r.sequenceNumber(), span.first()) >= 0)
            .filter(r -> ShardProgress.compare(r.sequenceNumber(), span.last()) <= 0)
            .toList();
    return !found.isEmpty() && found.get(0).sequenceNumber().equals(span.first())
        ? found
        : List.of();
  }

  private void run(List<StreamRecord> batch) {
    stream(progress).run("realtime-logs", "shardId-0", batch);
  }

  /** Events by chunk, each chunk once; a chunk that came twice must be the same. */
  private List<Long> eventsOfDistinctChunks() {
    Map<String, byte[]> chunks = new HashMap<>();
    List<Long> events = new ArrayList<>();
    for (PackedRecord record : sink.records("raw-logs")) {
      byte[] before = chunks.put(record.partitionKey(), record.data());
      if (before != null) {
        assertThat(record.data()).isEqualTo(before);
        continue;
      }
      events.addAll(events(record));
    }
    return events;
  }

  private static List<Long> events(PackedRecord record) {
    List<Long> ids = new ArrayList<>();
    try {
      new Unpacker("RawLog")
          .unpack(record.data())
          .forEach(
              (buffer, from, to) -> {
                try {
                  ids.add(RawLog.parser().parseFrom(buffer, from, to - from).getEventId());
                } catch (InvalidProtocolBufferException e) {
                  throw new AssertionError(e);
                }
              });
    } catch (CorruptRecordException e) {
      throw new AssertionError(e);
    }
    return ids;
  }

  private static int lines(int records) {
    return records + (records + 2) / 3;
  }

  @Test
  void a_batch_becomes_chunks_once() {
    run(shard.subList(0, 100));
    run(shard.subList(0, 100));
    run(shard.subList(50, 150));

    assertThat(sink.records("raw-logs")).hasSize(2);
    assertThat(eventsOfDistinctChunks()).hasSize(lines(150)).doesNotHaveDuplicates();
  }

  /** Deaths at every call, batches cut anew, and workers that start from an older checkpoint. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatever_is_delivered_again_in_whatever_batches_every_line_counts_once(long seed) {
    Random random = new Random(seed);
    sink.beforeSend(
        record -> {
          if (random.nextInt(5) == 0) {
            throw new IllegalStateException("killed before the send");
          }
        });
    RealtimeStream stream = stream(new Dying(progress, random));
    int checkpoint = 0;
    int deaths = 0;
    while (checkpoint < shard.size()) {
      int start = random.nextInt(6) == 0 ? random.nextInt(checkpoint + 1) : checkpoint;
      int end = Math.min(shard.size(), start + 1 + random.nextInt(40));
      try {
        stream.run("realtime-logs", "shardId-0", shard.subList(start, end));
        checkpoint = Math.max(checkpoint, end);
      } catch (IllegalStateException | LeaseLostException died) {
        deaths++;
      }
    }
    assertThat(deaths).isGreaterThan(5);
    assertThat(eventsOfDistinctChunks()).hasSize(lines(500)).doesNotHaveDuplicates();
    assertThat(Rejections.in(sink)).isEmpty();
  }

  /** Dies before or after a write. */
  private record Dying(ShardProgress real, Random random) implements ShardProgress {
    @Override
    public State read(String name) {
      return real.read(name);
    }

    @Override
    public boolean plan(String name, State seen, Span span) {
      die();
      boolean written = real.plan(name, seen, span);
      die();
      return written;
    }

    @Override
    public boolean done(String name, State seen) {
      die();
      boolean written = real.done(name, seen);
      die();
      return written;
    }

    private void die() {
      if (random.nextInt(8) == 0) {
        throw new IllegalStateException("killed");
      }
    }
  }

  @Test
  void a_worker_that_was_replaced_between_plan_and_send_repeats_the_same_chunks_and_stops() {
    List<StreamRecord> batch = shard.subList(0, 60);
    boolean[] replaced = {false};
    sink.beforeSend(
        record -> {
          if (!replaced[0]) {
            replaced[0] = true;
            run(shard.subList(0, 90)); // the heir, while the first one sleeps
          }
        });

    assertThatThrownBy(() -> run(batch)).isInstanceOf(LeaseLostException.class);

    assertThat(eventsOfDistinctChunks()).hasSize(lines(90)).doesNotHaveDuplicates();
  }

  @Test
  void a_span_that_the_batch_does_not_hold_whole_is_read_from_the_stream_again() {
    progress.plan(
        "realtime-logs/shardId-0",
        State.NEW,
        new Span(shard.get(0).sequenceNumber(), shard.get(79).sequenceNumber()));

    run(shard.subList(40, 60)); // half of a batch that was bisected

    assertThat(eventsOfDistinctChunks()).hasSize(lines(80)).doesNotHaveDuplicates();
  }

  @Test
  void a_span_that_has_left_the_stream_is_told_by_name_and_does_not_block_the_shard() {
    Span gone = new Span("1", "9");
    progress.plan("realtime-logs/shardId-0", State.NEW, gone);

    run(shard.subList(0, 10));

    assertThat(Rejections.in(sink))
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getReason()).isEqualTo("records_trimmed");
              assertThat(rejection.getKey()).isEqualTo("shardId-0/1-9");
              assertThat(rejection.getSequenceNumber()).isEqualTo("1");
            });
    assertThat(eventsOfDistinctChunks()).hasSize(lines(10));
  }

  @Test
  void a_record_that_is_no_log_is_rejected_with_its_bytes_and_number_and_the_shard_goes_on() {
    shard = new ArrayList<>(shard.subList(0, 3));
    shard.add(1, new StreamRecord(FIRST.add(BigInteger.ONE).toString(), "poison".getBytes(UTF_8)));

    run(shard);
    run(shard);

    assertThat(eventsOfDistinctChunks()).hasSize(lines(3));
    assertThat(Rejections.in(sink))
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getReason()).isEqualTo("bad_time");
              assertThat(rejection.getData().toStringUtf8()).isEqualTo("poison");
              assertThat(rejection.getPipe()).isEqualTo("realtime-logs");
              assertThat(rejection.getSequenceNumber()).endsWith("096");
              assertThat(rejection.getLine()).isEqualTo(3);
            })
        .extracting(Rejection::getStage)
        .isEqualTo("streamify");
  }
}
