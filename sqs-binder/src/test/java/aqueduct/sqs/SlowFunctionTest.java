// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions that take their time, and those that are stopped meanwhile. */
class SlowFunctionTest extends OnLocalSqs {
  /** Golden case 8. */
  @Test
  void a_function_slower_than_the_visibility_timeout_gets_its_message_once() {
    Consumed.Work slow = (body, attempt) -> TimeUnit.MILLISECONDS.sleep(5_500);
    try (Consumed consumed =
        Consumed.single(
            sqs,
            "slow",
            slow,
            "visibility-timeout=2s",
            "heartbeat-interval=500ms",
            "consumer.concurrency=2")) {
      sqs.send("slow", "m");
      await().atMost(Duration.ofSeconds(20)).until(() -> sqs.size("slow") == 0);
      assertThat(consumed.attempts("m")).isEqualTo(1);
    }
  }

  @Test
  void the_heartbeat_gives_up_after_the_longest_processing_time() {
    CountDownLatch end = new CountDownLatch(1);
    Consumed.Work stuckOnce =
        (body, attempt) -> {
          if (attempt == 1) {
            end.await();
          }
        };
    try (Consumed consumed =
        Consumed.single(
            sqs,
            "stuck",
            stuckOnce,
            "visibility-timeout=1s",
            "max-processing-time=2s",
            "consumer.concurrency=2")) {
      sqs.send("stuck", "m");
      await().atMost(Duration.ofSeconds(15)).until(() -> consumed.attempts("m") == 2);
      end.countDown();
      await().until(() -> sqs.size("stuck") == 0);
    }
  }

  @Test
  void as_many_messages_are_in_work_at_once_as_the_concurrency_says() throws Exception {
    sqs.create("wide", Map.of());
    for (int i = 0; i < 40; i++) {
      sqs.send("wide", "m" + i);
    }
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Consumed.Work work =
        (body, attempt) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          TimeUnit.MILLISECONDS.sleep(50);
          now.decrementAndGet();
        };
    try (Consumed consumed = Consumed.single(sqs, "wide", work, "consumer.concurrency=4")) {
      await().atMost(Duration.ofSeconds(20)).until(() -> sqs.size("wide") == 0);
      assertThat(consumed.attempts).hasSize(40);
      assertThat(most).hasValue(4);
    }
  }

  @Test
  void one_slow_message_does_not_keep_the_others_waiting() {
    CountDownLatch end = new CountDownLatch(1);
    Consumed.Work work =
        (body, attempt) -> {
          if (body.equals("slow")) {
            end.await();
          }
        };
    try (Consumed consumed = Consumed.single(sqs, "lane", work, "consumer.concurrency=4")) {
      sqs.send("lane", "slow");
      await().until(() -> consumed.attempts("slow") == 1);
      for (int i = 0; i < 12; i++) {
        sqs.send("lane", "m" + i);
      }
      await().atMost(Duration.ofSeconds(8)).until(() -> consumed.attempts.size() == 13);
      end.countDown();
      await().until(() -> sqs.size("lane") == 0);
    }
  }

  @Test
  void stopping_finishes_and_acknowledges_what_is_in_work_and_takes_nothing_more()
      throws Exception {
    sqs.create("stop", Map.of());
    for (int i = 0; i < 30; i++) {
      sqs.send("stop", "m" + i);
    }
    CountDownLatch working = new CountDownLatch(2);
    Consumed.Work work =
        (body, attempt) -> {
          working.countDown();
          TimeUnit.MILLISECONDS.sleep(700);
        };
    Consumed consumed = Consumed.single(sqs, "stop", work, "consumer.concurrency=2");
    assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
    consumed.close();
    assertThat(sqs.inWork("stop")).as("left in work, not acknowledged").isZero();
    assertThat(sqs.size("stop")).isEqualTo(30 - consumed.attempts.size()).isGreaterThan(0);
  }

  @Test
  void stopping_does_not_wait_longer_than_its_timeout_and_the_unfinished_message_comes_back() {
    CountDownLatch working = new CountDownLatch(1);
    Consumed.Work work =
        (body, attempt) -> {
          working.countDown();
          new CountDownLatch(1).await();
        };
    sqs.create("abort", Map.of());
    sqs.send("abort", "m");
    Consumed consumed =
        Consumed.single(sqs, "abort", work, "shutdown-timeout=1s", "visibility-timeout=2s");
    await().until(() -> working.getCount() == 0);
    Instant before = Instant.now();
    consumed.close();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !sqs.receive("abort", Duration.ofSeconds(1)).isEmpty());
  }
}
