// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.WindowJob.Done;
import aqueduct.aggregate.windows.KinesisWindowSource;
import aqueduct.aggregate.windows.PlannedWindow;
import aqueduct.logs.RecordSink;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.metrics.MetricStore.FencedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream -> the metric store, window after window, for as long as it may run. Every query
 * starts where the metric store ends, so Spark's own checkpoint is a folder that is thrown away. A
 * window that fails is tried again, later and later; none is skipped.
 */
final class Aggregation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Aggregation.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private final SparkSession spark;
  private final AggregateSettings settings;
  private final MetricStore store;
  private final WindowJob job;
  private final Progress progress;
  private volatile boolean stopping;
  private volatile @Nullable StreamingQuery query;

  Aggregation(
      SparkSession spark,
      AggregateSettings settings,
      MetricStore store,
      RecordSink sink,
      Progress progress) {
    this.spark = spark;
    this.settings = settings;
    this.store = store;
    this.job = new WindowJob(settings, store, sink);
    this.progress = progress;
  }

  /**
   * Runs until {@link #close}. Throws {@link FencedException} when another writer has taken over.
   */
  void run() {
    Duration pause = Duration.ofSeconds(1);
    while (!stopping) {
      long windows = progress.windows();
      try {
        start().awaitTermination();
      } catch (StreamingQueryException | TimeoutException | RuntimeException e) {
        if (stopping) {
          return;
        }
        fencedOut(e);
        pause = progress.windows() > windows ? Duration.ofSeconds(1) : pause;
        log.error(
            "The window after {} failed; trying it again in {} s", newest(), pause.toSeconds(), e);
        progress.failed(String.valueOf(e.getMessage()));
        sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private static void fencedOut(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedException fenced) {
        throw fenced;
      }
    }
  }

  private String newest() {
    return progress.newestWindowEnd().map(Object::toString).orElse("the first");
  }

  private StreamingQuery start() throws TimeoutException {
    Optional<AppliedWindow> newest = store.newestWindow();
    newest.ifPresent(window -> progress.resumed(window.end()));
    Dataset<Row> records =
        spark
            .readStream()
            .format(KinesisWindowSource.NAME)
            .options(
                KinesisWindowSource.options(
                    settings.stream(),
                    settings.window().toMillis(),
                    settings.settle().toMillis(),
                    newest.map(window -> window.end().toEpochMilli()).orElse(-1L),
                    settings.maxWindows()))
            .load();
    StreamingQuery started =
        records
            .writeStream()
            .option("checkpointLocation", throwAway().toString())
            .trigger(Trigger.ProcessingTime(Math.min(500, settings.window().toMillis())))
            .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (batch, id) -> apply(batch))
            .start();
    query = started;
    if (stopping) {
      started.stop();
    }
    return started;
  }

  private static Path throwAway() {
    try {
      Path folder = Files.createTempDirectory("aqueduct-aggregate-");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void apply(Dataset<Row> batch) {
    long started = System.nanoTime();
    PlannedWindow window = PlannedWindow.of(settings.stream(), batch);
    Done done = job.run(batch, window);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    progress.applied(window, done, took);
    if (done.chunks() > 0 || done.rejections() > 0) {
      log.info(
          "Window {} to {}: {} events of {} chunks in {} ms ({})",
          window.start(),
          window.end(),
          done.events(),
          done.chunks(),
          took.toMillis(),
          done.applied());
    }
    if (took.compareTo(settings.window()) > 0
        && settings.window().compareTo(Duration.ofMinutes(1)) >= 0) {
      log.warn(
          "Window {} took {} s, longer than a window lasts: add cores or shards",
          window.start(),
          took.toSeconds());
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops between two windows, or abandons the one that is being computed: nothing is half applied.
   */
  @Override
  public void close() {
    stopping = true;
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
