// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.PrivacySettings;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Unpacker;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One file: what it becomes, once, and what happens when ledger, stream or connection fail. */
class StreamifyFunctionTest extends OnOneFile {
  @Test
  void a_file_becomes_chunks_rejections_and_a_row_in_the_ledger() {
    assertThat(stream("a").run(file())).isInstanceOf(Claim.Claimed.class);
    assertThat(chunks()).hasSize(3).doesNotHaveDuplicates();
    assertThat(sink.records("rejected-logs")).hasSize(1);
    FileSummary summary = ledger.find(FILE.fileId()).orElseThrow().summary().orElseThrow();
    assertThat(summary.lines()).isEqualTo(LINES + 1);
    assertThat(summary.events()).isEqualTo(LINES);
    assertThat(summary.rejected()).isEqualTo(1);
  }

  @Test
  void where_raw_logs_are_masked_neither_chunks_nor_rejections_show_a_viewer() throws Exception {
    EnrichmentSettings masking =
        EnrichmentSettings.defaults().withPrivacy(PrivacySettings.defaults().withMaskedRawLogs());
    new FileStream(Workers.masking(masking), ledger, sink, new SimpleMeterRegistry(), clock)
        .run(file());
    List<RawLog> events = new ArrayList<>();
    for (PackedRecord record : sink.records("raw-logs")) {
      new Unpacker("RawLog")
          .unpack(record.data())
          .forEach((b, from, to) -> events.add(event(b, from, to)));
    }
    assertThat(events).hasSize(LINES).allMatch(event -> event.getClientIp().equals("192.0.2.0"));
    List<Rejection> rejections = new ArrayList<>();
    for (PackedRecord record : sink.records("rejected-logs")) {
      new Unpacker("Rejection")
          .unpack(record.data())
          .forEach((b, from, to) -> rejections.add(rejection(b, from, to)));
    }
    assertThat(rejections)
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getData().isEmpty()).isTrue();
              assertThat(rejection.getDataLength()).isEqualTo(14);
              assertThat(rejection.getLine()).isEqualTo(LINES + 3);
            });
  }

  private static RawLog event(byte[] buffer, int from, int to) {
    try {
      return RawLog.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Rejection rejection(byte[] buffer, int from, int to) {
    try {
      return Rejection.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_same_file_a_minute_an_hour_and_13_days_later_is_streamed_once() {
    stream("a").run(file());
    for (Duration later :
        List.of(Duration.ofMinutes(1), Duration.ofMinutes(61), Duration.ofDays(13))) {
      clock.forward(later);
      assertThat(stream("b").run(file())).isInstanceOf(Claim.AlreadyDone.class);
    }
    assertThat(chunks()).hasSize(3);
    assertThat(ledger.find(FILE.fileId()).orElseThrow().repeats()).isEqualTo(3);
  }

  /** DynamoDB throttles or is gone, before the file is claimed and after it was sent. */
  @Test
  void a_ledger_that_does_not_answer_brings_the_notice_again_and_the_file_counts_once() {
    FileLedger away = new AwayLedger(ledger, true);
    assertThatThrownBy(() -> stream(away).run(file())).hasMessageContaining("throttled");
    assertThat(chunks()).isEmpty();
    FileLedger forgetful = new AwayLedger(ledger, false);
    assertThatThrownBy(() -> stream(forgetful).run(file())).hasMessageContaining("throttled");
    List<String> sent = List.copyOf(chunks());
    assertThat(sent).hasSize(3);
    assertThat(stream("b").run(file())).isInstanceOf(Claim.Claimed.class);
    assertThat(chunks()).hasSize(6);
    assertThat(chunks().subList(3, 6)).as("the same chunks, which count once").isEqualTo(sent);
    assertThat(stream("c").run(file())).isInstanceOf(Claim.AlreadyDone.class);
  }

  private FileStream stream(FileLedger throttled) {
    return new FileStream(Workers.named("a"), throttled, sink, new SimpleMeterRegistry(), clock);
  }

  /** A ledger that refuses every claim, or every end. */
  private record AwayLedger(FileLedger ledger, boolean refusesClaims) implements FileLedger {
    @Override
    public Claim claim(LogFile file, String worker, Instant now, Duration lease) {
      if (refusesClaims) throw new IllegalStateException("throttled");
      return ledger.claim(file, worker, now, lease);
    }

    @Override
    public boolean extend(Claim.Claimed claim, Instant now, Duration lease) {
      return ledger.extend(claim, now, lease);
    }

    @Override
    public boolean finish(Claim.Claimed claim, FileSummary summary, Instant now) {
      throw new IllegalStateException("throttled");
    }

    @Override
    public void release(Claim.Claimed claim) {
      ledger.release(claim);
    }

    @Override
    public Optional<Entry> find(long fileId) {
      return ledger.find(fileId);
    }

    @Override
    public Stream<Entry> entries() {
      return ledger.entries();
    }
  }

  @Test
  void a_worker_that_fails_gives_the_file_back_and_the_next_one_sends_the_same_chunks() {
    int[] sent = {0};
    sink.beforeSend(
        record -> {
          if (++sent[0] == 3) {
            throw new IllegalStateException("the stream refuses");
          }
        });
    assertThatThrownBy(() -> stream("a").run(file())).hasMessageContaining("refuses");
    List<PackedRecord> before = sink.records("raw-logs");
    sink.beforeSend(record -> {});
    assertThat(stream("b").run(file())).isInstanceOf(Claim.Claimed.class);
    List<PackedRecord> after =
        sink.records("raw-logs").subList(before.size(), sink.records("raw-logs").size());
    assertThat(after).hasSize(3);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).partitionKey()).isEqualTo(before.get(i).partitionKey());
      assertThat(after.get(i).data()).isEqualTo(before.get(i).data());
    }
  }

  @Test
  void a_connection_that_breaks_in_the_middle_leaves_the_file_to_be_tried_again() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    KeptFile file =
        new KeptFile(
            FILE,
            () -> new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, 100_000), broken));
    assertThatThrownBy(() -> stream("a").run(file)).hasRootCauseMessage("connection reset");
    assertThat(ledger.find(FILE.fileId()).orElseThrow().state()).isEqualTo(State.CLAIMED);
    assertThat(stream("b").run(file())).isInstanceOf(Claim.Claimed.class);
  }
}
