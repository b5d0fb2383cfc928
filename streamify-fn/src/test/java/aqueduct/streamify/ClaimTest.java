// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileLedger.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The claim that a worker has on a file: held, kept, lost, and taken over. */
class ClaimTest extends OnOneFile {
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

  @Test
  void a_worker_that_died_after_its_claim_is_replaced_when_the_lease_ends() {
    KeptFile fatal =
        new KeptFile(
            FILE,
            () -> {
              throw new OutOfMemoryError("the process ends here");
            });
    assertThatThrownBy(() -> stream("dead").run(fatal)).isInstanceOf(OutOfMemoryError.class);
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
    StreamSettings settings = Workers.leasing(Duration.ofMillis(300));
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
}
