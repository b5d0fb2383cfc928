// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.memory.ArbiterTable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns, one after the other, until it is closed. */
final class ArbiterThread implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArbiterThread.class);
  private final ArbiterLoop loop;
  private final ArbiterTable table;
  private final Duration every;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "arbiter");

  private ArbiterThread(ArbiterLoop loop, ArbiterTable table, Duration every) {
    this.loop = loop;
    this.table = table;
    this.every = every;
  }

  static ArbiterThread start(ArbiterLoop loop, ArbiterTable table, Duration every) {
    ArbiterThread started = new ArbiterThread(loop, table, every);
    started.thread.start();
    return started;
  }

  private void run() {
    boolean ready = false;
    try {
      do {
        ready = ready || prepared();
        if (ready) {
          loop.turn();
        }
      } while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean prepared() {
    try {
      table.create();
      return true;
    } catch (SdkException e) {
      log.warn("The table {} cannot be made ready: {}", table.name(), e.getMessage());
      return false;
    }
  }

  /** Ends after the turn that runs now; the clusters stay. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
