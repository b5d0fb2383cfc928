// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.Writers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress -> heartbeats in the metric store, from a thread of its own: the arbiter then knows a
 * driver that computes a long window from one that hangs. A beat that fails is left out.
 */
final class HeartbeatSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeartbeatSender.class);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private final Writers writers;
  private final Progress progress;
  private final AggregateSettings settings;
  private final CountDownLatch stopping = new CountDownLatch(1);

  private HeartbeatSender(Writers writers, Progress progress, AggregateSettings settings) {
    this.writers = writers;
    this.progress = progress;
    this.settings = settings;
  }

  static HeartbeatSender start(Writers writers, Progress progress, AggregateSettings settings) {
    HeartbeatSender sender = new HeartbeatSender(writers, progress, settings);
    Thread thread = new Thread(sender::run, "heartbeat");
    thread.setDaemon(true);
    thread.start();
    return sender;
  }

  private void run() {
    long pause = Math.min(LONGEST.toMillis(), settings.window().toMillis() / 2);
    boolean heard = true;
    try {
      do {
        heard = beat(heard);
      } while (!stopping.await(pause, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean beat(boolean heardBefore) {
    try {
      writers.beat(progress.heartbeat(settings.writerToken(), settings.window()));
      return true;
    } catch (RuntimeException e) {
      if (heardBefore) {
        log.warn("No heartbeat, and none until the metric store answers: {}", e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
