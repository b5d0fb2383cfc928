// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.WindowJob.Done;
import aqueduct.aggregate.windows.KinesisWindowSource;
import aqueduct.aggregate.windows.PlannedWindow;
import aqueduct.aggregate.windows.WindowBoard;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.metrics.MetricStore.FencedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream -> the metric store, window after window, for as long as it may run. Every batch
 * starts where the metric store ends, so Spark's own checkpoint is a folder that is thrown away. A
 * window that fails is tried again, later and later; none is skipped.
 */
final class Aggregation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Aggregation.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int SLOW_IN_A_ROW = 3;
  private final SparkSession spark;
  private final AggregateSettings settings;
  private final MetricStore store;
  private final WindowJob job;
  private final Progress progress;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private int slowInARow;
  private volatile @Nullable StreamingQuery query;

  Aggregation(
      SparkSession spark, AggregateSettings settings, MetricStore store, Progress progress) {
    this.spark = spark;
    this.settings = settings;
    this.store = store;
    this.job = new WindowJob(settings, store);
    this.progress = progress;
  }

  /**
   * Runs until {@link #close}. Throws {@link FencedException} when another writer has taken over.
   */
  void run() {
    Duration pause = FIRST_PAUSE;
    while (!stopped()) {
      long windows = progress.windows();
      try {
        runQuery();
      } catch (StreamingQueryException | TimeoutException | RuntimeException e) {
        if (stopped()) {
          return;
        }
        fencedOut(e);
        pause = progress.windows() > windows ? FIRST_PAUSE : pause;
        log.error(
            "The window after {} failed; trying it again in {} s", newest(), pause.toSeconds(), e);
        progress.failed(root(e).getClass().getName());
        rest(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }

  private boolean stopped() {
    return stopping.getCount() == 0;
  }

  private void rest(Duration pause) {
    try {
      boolean unused = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  private static void fencedOut(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedException fenced) {
        throw fenced;
      }
    }
  }

  private static Throwable root(Throwable error) {
    return error.getCause() == null ? error : root(error.getCause());
  }

  private String newest() {
    return progress.newestWindowEnd().map(Object::toString).orElse("none");
  }

  private void runQuery() throws TimeoutException, StreamingQueryException {
    store.newestWindow().ifPresent(window -> progress.resumed(window.start(), window.end()));
    try (WindowBoard board = WindowBoard.open(this::appliedUntil, progress::lost);
        ThrowAwayFolder checkpoint = ThrowAwayFolder.create("aqueduct-aggregate-")) {
      StreamingQuery started = start(board, checkpoint);
      query = started;
      if (stopped()) {
        started.stop();
      }
      started.awaitTermination();
    }
  }

  private Optional<Instant> appliedUntil() {
    return store.newestWindow().map(AppliedWindow::end);
  }

  private StreamingQuery start(WindowBoard board, ThrowAwayFolder checkpoint)
      throws TimeoutException {
    Dataset<Row> records =
        spark
            .readStream()
            .format(KinesisWindowSource.NAME)
            .options(
                KinesisWindowSource.streaming(
                    settings.stream(),
                    settings.window().toMillis(),
                    settings.settle().toMillis(),
                    settings.startMillis(),
                    settings.maxWindows(),
                    board))
            .load()
            .select(
                java.util.Arrays.stream(StreamedRecord.COLUMNS)
                    .map(functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new));
    return records
        .writeStream()
        .option("checkpointLocation", checkpoint.path().toString())
        .trigger(Trigger.ProcessingTime(Math.min(1000, settings.window().toMillis() / 4)))
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) -> apply(batch, board))
        .start();
  }

  private void apply(Dataset<Row> batch, WindowBoard board) {
    PlannedWindow window = board.planned();
    if (!window.isNew()) {
      return; // a checkpoint repeats a batch that the metric store has
    }
    long started = System.nanoTime();
    progress.began(window);
    Done done = job.run(batch, window);
    if (done.applied() == Applied.ALREADY_APPLIED) {
      progress.rested();
      appliedByAnother(window);
      return;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    progress.applied(window, done, took);
    tell(window, done, took);
    watchSpeed(window, took);
  }

  /** Another writer was first. Its window may be shorter: then the rest must be planned anew. */
  private void appliedByAnother(PlannedWindow window) {
    Instant end = appliedUntil().orElse(window.start());
    if (end.isBefore(window.end())) {
      throw new IllegalStateException(
          "another writer has applied the window "
              + window.start()
              + " up to "
              + end
              + "; going on from there");
    }
    log.info("Window {} was applied by another writer", window.start());
  }

  private void tell(PlannedWindow window, Done done, Duration took) {
    SliceAccount account = done.account();
    if (!account.chunks().isEmpty() || account.rejections() > 0) {
      log.info(
          "Window {} to {}: {} events of {} chunks, {} lines repeated, {} rejections, in {} ms",
          window.start(),
          window.end(),
          account.events(),
          account.chunks().size(),
          account.duplicates(),
          account.rejections(),
          took.toMillis());
    }
  }

  private void watchSpeed(PlannedWindow window, Duration took) {
    boolean slow = took.compareTo(Duration.between(window.start(), window.end())) > 0;
    slowInARow = slow ? slowInARow + 1 : 0;
    if (slow) {
      progress.slow();
    }
    if (slowInARow == SLOW_IN_A_ROW) {
      log.error(
          "{} windows in a row took longer than they last (the newest, {}, took {} s): nothing is lost, but"
              + " the metrics fall behind; add cores, or shards if reading is the longest part",
          SLOW_IN_A_ROW,
          window.start(),
          took.toSeconds());
    }
  }

  /**
   * Stops between two windows, or abandons the one that is being computed: nothing is half applied.
   */
  @Override
  public void close() {
    stopping.countDown();
    StreamingQuery running = query;
    if (running != null) {
      try {
        running.stop();
      } catch (TimeoutException e) {
        log.warn("The query did not stop in time; what it staged is swept later");
      }
    }
  }
}
