// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Keeps the messages that are being worked on hidden from other consumers: at every interval they
 * are hidden for one visibility timeout more. One beat that fails changes nothing; the next one
 * comes before the timeout.
 */
final class Heartbeat {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final SqsQueue queue;
  private final List<Message> inWork;
  private final int visibilitySeconds;
  private final long giveUpAt; // nanoTime
  private final @Nullable ScheduledFuture<?> schedule;
  private CompletableFuture<Void> lastBeat = CompletableFuture.completedFuture(null);
  private boolean stopped;

  private Heartbeat(Rhythm rhythm, SqsQueue queue, List<Message> messages) {
    this.queue = queue;
    this.inWork = new CopyOnWriteArrayList<>(messages);
    this.visibilitySeconds = (int) rhythm.visibility().toSeconds();
    this.giveUpAt = System.nanoTime() + rhythm.longest().toNanos();
    long interval = rhythm.interval().toMillis();
    this.schedule =
        interval == 0
            ? null
            : rhythm
                .scheduler()
                .scheduleAtFixedRate(this::beat, interval, interval, TimeUnit.MILLISECONDS);
  }

  /**
   * @param scheduler runs the beats, which never wait
   * @param visibility how long a beat hides a message
   * @param interval time between beats; zero for none
   * @param longest after this time the beats stop, although the function still works
   */
  record Rhythm(
      ScheduledExecutorService scheduler,
      Duration visibility,
      Duration interval,
      Duration longest) {

    Heartbeat start(SqsQueue queue, List<Message> messages) {
      return new Heartbeat(this, queue, messages);
    }
  }

  private synchronized void beat() {
    List<Message> messages = List.copyOf(inWork);
    if (stopped || messages.isEmpty()) {
      return;
    }
    if (System.nanoTime() - giveUpAt > 0) {
      log.warn(
          "{} messages of queue {} are in work longer than max-processing-time: others may get them"
              + " now",
          messages.size(),
          queue.name());
      inWork.clear();
      return;
    }
    lastBeat = queue.hide(messages, message -> visibilitySeconds).exceptionally(this::missed);
  }

  private @Nullable Void missed(Throwable cause) {
    log.warn(
        "queue {}: a heartbeat failed, the next one follows: {}", queue.name(), cause.toString());
    return null;
  }

  /** This message needs no more beats. */
  void done(Message message) {
    inWork.remove(message);
  }

  /** Ends the beats and waits for one under way, which would undo a visibility set after it. */
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
    CompletableFuture<Void> last;
    synchronized (this) {
      stopped = true;
      last = lastBeat;
    }
    last.join();
  }
}
