// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import aqueduct.local.rejected.Recovery.Order;
import aqueduct.local.status.PipeStatus;
import aqueduct.local.status.Status;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger;
import aqueduct.logs.RecoveredLines;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.metrics.MetricStore.FileProgress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Orders -> the queues of a running pipeline, and then the wait until what they bring back is in
 * the metrics. May be broken off: what was sent goes on, and a second run sends it again without
 * effect.
 */
public final class RecoveryRun {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long PAUSE_MS = 300;
  private final StoredSystem stored;
  private final MetricStore metrics;
  private final Clock clock = Clock.systemUTC();

  public RecoveryRun(StoredSystem stored) {
    this.stored = stored;
    this.metrics = stored.metrics();
  }

  /**
   * What became of one file's rejections.
   *
   * @param tried rejected lines that were tried again
   * @param recovered those that are events now, counted in the metrics
   */
  public record Result(String file, long tried, long recovered) {}

  /** Sends the orders, one by one. */
  public void send(List<Order> orders, IntConsumer sent) {
    SqsClient sqs = stored.sqs();
    int count = 0;
    for (Order order : orders) {
      String queue = stored.topology().prefix() + order.pipe();
      String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(order.body()));
      sent.accept(++count);
    }
  }

  /** Returns when the orders are worked off and what they brought is applied. */
  public void await() throws IOException {
    Instant until = clock.instant().plus(PATIENCE);
    await(until, "the queue files-to-replay is not worked off", this::isQueueEmpty);
    Instant streamed = clock.instant();
    await(until, "raw-logs is not enriched", () -> isReadUpTo("raw-logs", streamed));
    Instant enriched = clock.instant();
    await(until, "enriched-logs is not aggregated", () -> isAppliedUpTo(enriched));
  }

  private void await(Instant until, String what, BooleanSupplier done) throws IOException {
    while (!done.getAsBoolean()) {
      if (clock.instant().isAfter(until)) {
        throw new IOException(
            what + " within " + PATIENCE.toMinutes() + " minutes: see ./aqueduct status");
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted; what was sent goes on");
      }
    }
  }

  private PipeStatus pipe(String name) {
    try {
      return Status.of(stored, clock).pipes().stream()
          .filter(p -> p.pipe().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("there is no pipe " + name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private boolean isQueueEmpty() {
    PipeStatus queue = pipe("files-to-replay");
    Long inFlight = queue.inFlight();
    return queue.waiting() == 0 && (inFlight == null || inFlight == 0);
  }

  private boolean isReadUpTo(String stream, Instant time) {
    PipeStatus status = pipe(stream);
    Duration lag = status.lag();
    return status.waiting() == 0 || (lag != null && clock.instant().minus(lag).isAfter(time));
  }

  private boolean isAppliedUpTo(Instant time) {
    return metrics.newestWindow().map(AppliedWindow::end).filter(time::isBefore).isPresent();
  }

  /** What the store says of the files that these rejections are of. */
  public List<Result> results(Collection<RejectedItem> items) {
    Map<String, Long> tried = new TreeMap<>();
    FileLedger ledger = stored.ledger();
    for (RejectedItem item : items) {
      if (!item.fileId().isEmpty()) {
        tried.merge(item.fileId(), (long) Math.max(1, item.lines()), Long::sum);
      }
    }
    return tried.entrySet().stream()
        .map(e -> result(ledger, HexFormat.fromHexDigitsToLong(e.getKey()), e.getValue()))
        .toList();
  }

  private Result result(FileLedger ledger, long fileId, long tried) {
    String name = ledger.find(fileId).map(e -> e.file().key()).orElse("?");
    long recovered =
        metrics.progress(RecoveredLines.fileId(fileId)).map(FileProgress::events).orElse(0L);
    return new Result(name, tried, recovered);
  }
}
