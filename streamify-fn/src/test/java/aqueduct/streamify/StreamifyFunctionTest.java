// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.logs.Codec;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The life of one file: claimed, streamed, done; and what happens when any of it fails. */
class StreamifyFunctionTest {
  private static final int LINES = 2500;
  private static final byte[] CONTENT =
      ("#Version: 1.0\n"
              + "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem"
              + " sc-status cs(Referer) cs(User-Agent) cs-uri-query\n"
              + IntStream.range(0, LINES)
                  .mapToObj(
                      i ->
                          "2026-11-23\t10:00:0"
                              + i % 10
                              + "\tCPH50\t"
                              + i
                              + "\t192.0.2.1\tGET\td.cloudfront.net\t/"
                              + i
                              + "\t200\t-\tAgent\t-\n")
                  .collect(Collectors.joining())
              + "not a log line\n")
          .getBytes(UTF_8);
  private static final LogFile FILE =
      new LogFile("backup", "E1.2026-11-23-10.abc", "etag", CONTENT.length);

  private final InMemoryFileLedger ledger = new InMemoryFileLedger();
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final SettableClock clock = new SettableClock();

  private static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-23T11:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void forward(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private FileStream stream(String worker) {
    StreamSettings settings =
        new StreamSettings(
            worker,
            Duration.ofSeconds(60),
            Codec.ZSTD,
            ReadLimits.defaults(),
            "raw-logs",
            "rejected-logs");
    return new FileStream(settings, ledger, sink, new SimpleMeterRegistry(), clock);
  }

  private static KeptFile file() {
    return new KeptFile(FILE, () -> new ByteArrayInputStream(CONTENT));
  }

  private List<String> chunks() {
    return sink.records("raw-logs").stream().map(PackedRecord::partitionKey).toList();
  }

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

  @Test
  void a_file_that_two_workers_get_at_once_is_streamed_by_one() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    KeptFile slow =
        new KeptFile(
            FILE,
            () -> {
              started.countDown();
              await(go);
              return new ByteArrayInputStream(CONTENT);
            });
    CompletableFuture<Claim> first = CompletableFuture.supplyAsync(() -> stream("a").run(slow));
    started.await();
    assertThat(stream("b").run(file())).isInstanceOf(Claim.HeldByAnother.class);
    go.countDown();
    first.join();
    assertThat(chunks()).hasSize(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
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
  void a_worker_that_died_after_its_claim_is_replaced_when_the_lease_ends() {
    ledger.claim(FILE, "dead", clock.instant(), Duration.ofSeconds(60));
    assertThat(stream("b").run(file())).isInstanceOf(Claim.HeldByAnother.class);
    clock.forward(Duration.ofSeconds(61));
    assertThat(stream("b").run(file())).isInstanceOf(Claim.Claimed.class);
    assertThat(ledger.find(FILE.fileId()).orElseThrow().state()).isEqualTo(State.DONE);
  }

  @Test
  void a_worker_whose_claim_went_to_another_does_not_mark_the_file_done() {
    KeptFile stalling =
        new KeptFile(
            FILE,
            () -> {
              clock.forward(Duration.ofSeconds(61)); // the process was stopped for a minute
              assertThat(ledger.claim(FILE, "heir", clock.instant(), Duration.ofSeconds(60)))
                  .isInstanceOf(Claim.Claimed.class);
              return new ByteArrayInputStream(CONTENT);
            });
    assertThatThrownBy(() -> stream("zombie").run(stalling)).isInstanceOf(LeaseLostException.class);
    assertThat(ledger.find(FILE.fileId()).orElseThrow().state()).isEqualTo(State.CLAIMED);
  }

  @Test
  void a_lease_is_kept_while_a_slow_file_is_read() {
    CountDownLatch end = new CountDownLatch(1);
    StreamSettings settings =
        new StreamSettings(
            "a",
            Duration.ofMillis(300),
            Codec.ZSTD,
            ReadLimits.defaults(),
            "raw-logs",
            "rejected-logs");
    FileStream slow =
        new FileStream(settings, ledger, sink, new SimpleMeterRegistry(), Clock.systemUTC());
    KeptFile file =
        new KeptFile(
            FILE,
            () -> {
              await(end);
              return new ByteArrayInputStream(CONTENT);
            });
    CompletableFuture<Claim> running = CompletableFuture.supplyAsync(() -> slow.run(file));
    Instant start = Instant.now();
    Awaitility.await()
        .until(() -> Instant.now().isAfter(start.plusMillis(900))); // three leases long
    assertThat(ledger.claim(FILE, "b", Instant.now(), Duration.ofMillis(300)))
        .isInstanceOf(Claim.HeldByAnother.class);
    end.countDown();
    assertThat(running.join()).isInstanceOf(Claim.Claimed.class);
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
