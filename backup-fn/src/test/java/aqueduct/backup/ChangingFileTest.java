// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.notice.ObjectNotice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows 3 and 9 of the fault catalogue: others work on the file at the same time. */
class ChangingFileTest extends OnLocalS3 {
  @ParameterizedTest
  @EnumSource(Way.class)
  void two_workers_at_once_make_one_copy(Way way) throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "logs/round-" + round;
      String etag = s3.put(INGEST, key, "content");
      race(way, notice(key, etag, 7), notice(key, etag, 7));
      assertThat(s3.get(BACKUP, key)).contains("content");
      assertThat(s3.get(INGEST, key)).isEmpty();
    }
    assertThat(s3.contents(BACKUP)).hasSize(10);
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void two_workers_at_once_agree_on_the_name_beside(Way way) throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "logs/round-" + round;
      s3.put(BACKUP, key, "older");
      String etag = s3.put(INGEST, key, "newer");
      race(way, notice(key, etag, 5), notice(key, etag, 5));
    }
    assertThat(s3.contents(BACKUP)).hasSize(20).containsValues("older", "newer");
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  /** The name is free when the worker looks, and taken by another content when it copies. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void a_name_taken_between_look_and_copy_is_not_overwritten(Way way) {
    String etag = s3.put(INGEST, KEY, "mine");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              boolean copies =
                  operation.equals("CopyObject") || operation.equals("CompleteMultipartUpload");
              if (copies && once.compareAndSet(false, true)) {
                s3.put(BACKUP, KEY, "theirs");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, etag, 4)))
        .isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP))
        .isEqualTo(Map.of(KEY, "theirs", KeptName.beside(KEY, etag), "mine"));
    assertThat(s3.unfinishedUploads()).isZero();
  }

  /** Row 9. */
  @ParameterizedTest
  @EnumSource(Way.class)
  void a_file_overwritten_between_copy_and_delete_is_kept_in_both_contents(Way way) {
    String first = s3.put(INGEST, KEY, "first");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              // The guarded delete looks a last time; what comes after that look is its known gap.
              boolean last = s3.get(BACKUP, KEY).isPresent() && operation.equals("HeadObject");
              if ((operation.equals("DeleteObject") && way.properties.conditionalDelete() || last)
                  && once.compareAndSet(false, true)) {
                s3.put(INGEST, KEY, "second");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, first, 5)))
        .isEqualTo(Outcome.KEPT_BESIDE);
    assertThat(s3.contents(BACKUP)).hasSize(2).containsValues("first", "second");
    assertThat(s3.contents(INGEST)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void a_file_overwritten_between_look_and_copy_is_kept_as_it_is_then(Way way) {
    String first = s3.put(INGEST, KEY, "first");
    AtomicBoolean once = new AtomicBoolean();
    Calls calls =
        Calls.before(
            operation -> {
              boolean copies = operation.equals("CopyObject") || operation.equals("UploadPartCopy");
              if (copies && once.compareAndSet(false, true)) {
                s3.put(INGEST, KEY, "second");
              }
            });
    assertThat(new FileKeeper(s3.client(calls), way.properties).keep(notice(KEY, first, 5)))
        .isEqualTo(Outcome.KEPT);
    assertThat(s3.contents(BACKUP)).containsExactly(Map.entry(KEY, "second"));
    assertThat(s3.unfinishedUploads()).isZero();
  }

  @Test
  void a_file_that_never_stops_changing_is_left_to_a_later_attempt() {
    String etag = s3.put(INGEST, KEY, "0");
    Calls calls =
        Calls.before(
            operation -> {
              if (operation.equals("CopyObject")) {
                s3.put(INGEST, KEY, "changed " + System.nanoTime());
              }
            });
    assertThatThrownBy(
            () -> new FileKeeper(s3.client(calls), Way.WHOLE.properties).keep(notice(KEY, etag, 1)))
        .hasMessageContaining("changed 5 times");
    assertThat(s3.contents(INGEST)).hasSize(1);
  }

  private void race(Way way, ObjectNotice one, ObjectNotice other) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Outcome>> both =
          List.of(
              () -> {
                together.await();
                return keeper(way).keep(one);
              },
              () -> {
                together.await();
                return keeper(way).keep(other);
              });
      for (Future<Outcome> outcome : workers.invokeAll(both)) {
        assertThat(outcome.get()).isIn(Outcome.KEPT, Outcome.KEPT_BESIDE, Outcome.ALREADY_KEPT);
      }
    } finally {
      workers.shutdown();
    }
  }
}
