// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

import aqueduct.local.status.PipeStatus;
import aqueduct.local.status.Status;
import aqueduct.local.system.StoredSystem;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Orders -> the queues of a running pipeline, and then the wait until what they bring in is in the
 * metrics. May be broken off: what was sent goes on, and a second run sends it again without
 * effect.
 */
public final class Resend {
  /** The queues that a new file passes, in the order of the flow; beside it, that of replays. */
  private static final List<String> FLOW =
      List.of("arrived-files", "kept-files", "files-to-stream-production");

  private static final String REPLAYS = "files-to-replay";

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long PAUSE_MS = 300;
  private final StoredSystem stored;
  private final MetricStore metrics;
  private final Clock clock = Clock.systemUTC();
  private final Set<String> pipes = new HashSet<>();
  private String last = "";
  private Instant moved = Instant.EPOCH;

  public Resend(StoredSystem stored) {
    this.stored = stored;
    this.metrics = stored.metrics();
  }

  /** Sends the orders, one by one. */
  public void send(List<Order> orders, IntConsumer sent) {
    SqsClient sqs = stored.sqs();
    int count = 0;
    for (Order order : orders) {
      String queue = stored.topology().prefix() + order.pipe();
      String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
      sqs.sendMessage(r -> r.queueUrl(url).messageBody(order.body()));
      pipes.add(order.pipe());
      sent.accept(++count);
    }
  }

  /** Returns when the queues that the orders pass are worked off and what came of it is applied. */
  public void await() throws IOException {
    moved = clock.instant();
    for (String queue : passedBy(pipes)) {
      await(queue, "is not worked off", Resend::isEmpty);
    }
    Instant streamed = clock.instant();
    await("raw-logs", "is not enriched", status -> isReadUpTo(status, streamed));
    Instant enriched = clock.instant();
    await("enriched-logs", "is not aggregated", status -> isAppliedUpTo(enriched));
  }

  /** The queues that messages for these pipes pass, and no others: somebody may be stuck there. */
  static List<String> passedBy(Set<String> pipes) {
    List<String> queues = new ArrayList<>();
    for (String queue : FLOW) {
      if (!queues.isEmpty() || pipes.contains(queue)) queues.add(queue);
    }
    if (pipes.contains(REPLAYS)) queues.add(REPLAYS);
    return queues;
  }

  private void await(String pipe, String what, Predicate<PipeStatus> done) throws IOException {
    PipeStatus status = pipe(pipe);
    while (!done.test(status)) {
      checkMoving(status, what);
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted; what was sent goes on");
      }
      status = pipe(pipe);
    }
  }

  private PipeStatus pipe(String name) throws IOException {
    return Status.pipes(stored, clock).stream()
        .filter(p -> p.pipe().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("there is no pipe " + name + " in the topology"));
  }

  private void checkMoving(PipeStatus status, String what) throws IOException {
    String now = status.pipe() + " " + status.waiting() + " " + status.inFlight();
    if (!now.equals(last)) {
      last = now;
      moved = clock.instant();
    }
    if (clock.instant().isAfter(moved.plus(PATIENCE))) {
      throw new IOException(
          status.pipe()
              + " "
              + what
              + ": nothing moved for "
              + PATIENCE.toMinutes()
              + " minutes. See ./aqueduct status");
    }
  }

  private static boolean isEmpty(PipeStatus queue) {
    Long inFlight = queue.inFlight();
    return queue.waiting() == 0 && (inFlight == null || inFlight == 0);
  }

  private boolean isReadUpTo(PipeStatus stream, Instant time) {
    Duration lag = stream.lag();
    return stream.waiting() == 0 || (lag != null && clock.instant().minus(lag).isAfter(time));
  }

  private boolean isAppliedUpTo(Instant time) {
    return metrics.newestWindow().map(AppliedWindow::end).filter(time::isBefore).isPresent();
  }
}
