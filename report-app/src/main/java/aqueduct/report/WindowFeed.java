// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The newest applied window -> an event to every open page. Asks the store at an interval, so any
 * number of pages cost one query.
 */
final class WindowFeed implements SmartLifecycle, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WindowFeed.class);
  private final MetricStore store;
  private final Duration poll;
  private final List<SseEmitter> pages = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "report-window-feed");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<AppliedWindow> newest = Optional.empty();
  private volatile boolean running;

  WindowFeed(MetricStore store, Duration poll) {
    this.store = store;
    this.poll = poll;
  }

  SseEmitter open() {
    SseEmitter page = new SseEmitter(0L);
    page.onCompletion(() -> pages.remove(page));
    page.onError(error -> pages.remove(page));
    pages.add(page);
    send(page, newest);
    return page;
  }

  @Override
  public void start() {
    running = true;
    var unused =
        timer.scheduleWithFixedDelay(this::look, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Optional<AppliedWindow> found = store.newestWindow();
      if (!found.equals(newest)) {
        newest = found;
        pages.forEach(page -> send(page, found));
      } else {
        pages.forEach(WindowFeed::beat);
      }
    } catch (RuntimeException e) {
      log.warn(
          "The metric store does not answer ({}); asking again in {}",
          e.getClass().getSimpleName(),
          poll);
    }
  }

  private void send(SseEmitter page, Optional<AppliedWindow> window) {
    write(
        page,
        SseEmitter.event().name("window").data(window.map(w -> w.end().toString()).orElse("")));
  }

  private static void beat(SseEmitter page) {
    write(page, SseEmitter.event().comment("alive"));
  }

  private static void write(SseEmitter page, SseEmitter.SseEventBuilder event) {
    try {
      page.send(event);
    } catch (IOException | IllegalStateException gone) {
      page.complete(); // the browser has left; completion takes it off the list
    }
  }

  @Override
  public void stop() {
    running = false;
    timer.shutdownNow();
    pages.forEach(SseEmitter::complete); // else a graceful stop waits for pages that never end
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped before the web server, which waits for open requests. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    stop();
  }
}
