// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.WindowJob.Done;
import aqueduct.aggregate.windows.PlannedWindow;
import aqueduct.metrics.Writers.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the aggregation has done so far, for health and metrics. Thread-safe. */
final class Progress {
  private long windows;
  private long events;
  private long chunks;
  private long duplicateLines;
  private long rejections;
  private long failures;
  private long slowWindows;
  private long lostRanges;
  private String lost = "";
  private String lastFailure = "";
  private double lastSeconds;
  private double eventsPerSecond;
  private long busyNanos;
  private Optional<PlannedWindow> busy = Optional.empty();
  private Duration lastTook = Duration.ZERO;
  private Optional<PlannedWindow> last = Optional.empty();
  private Optional<Instant> newestWindowStart = Optional.empty();
  private Optional<Instant> newestWindowEnd = Optional.empty();

  synchronized void resumed(Instant start, Instant end) {
    newestWindowStart = Optional.of(start);
    newestWindowEnd = Optional.of(end);
  }

  synchronized void began(PlannedWindow window) {
    busyNanos = System.nanoTime();
    busy = Optional.of(window);
  }

  /** For the arbiter. A batch that catches up holds several windows; one without records is one. */
  synchronized Heartbeat heartbeat(long token, Duration window) {
    return new Heartbeat(
        token,
        busy.map(b -> Duration.ofNanos(System.nanoTime() - busyNanos)),
        busy.map(b -> windows(b, window)).orElse(0),
        last.map(b -> lastTook.dividedBy(windows(b, window))).orElse(Duration.ZERO));
  }

  private static int windows(PlannedWindow batch, Duration window) {
    long millis = Duration.between(batch.start(), batch.end()).toMillis();
    return batch.empty() ? 1 : (int) Math.max(1, -Math.floorDiv(-millis, window.toMillis()));
  }

  synchronized void applied(PlannedWindow window, Done done, Duration took) {
    windows++;
    events += done.account().events();
    chunks += done.account().chunks().size();
    duplicateLines += done.account().duplicates();
    rejections += done.account().rejections();
    lastTook = took;
    last = Optional.of(window);
    lastSeconds = took.toMillis() / 1000.0;
    eventsPerSecond =
        done.account().events()
            * 1000.0
            / Math.max(1, Duration.between(window.start(), window.end()).toMillis());
    lastFailure = "";
    busy = Optional.empty();
    newestWindowStart = Optional.of(window.start());
    newestWindowEnd = Optional.of(window.end());
  }

  /** Between two batches. */
  synchronized void rested() {
    busy = Optional.empty();
  }

  synchronized void failed(String reason) {
    failures++;
    busy = Optional.empty();
    lastFailure = reason;
  }

  synchronized void slow() {
    slowWindows++;
  }

  synchronized void lost(Instant from, Instant until) {
    lostRanges++;
    lost = from + "/" + until;
  }

  synchronized long windows() {
    return windows;
  }

  synchronized long duplicateLines() {
    return duplicateLines;
  }

  synchronized Optional<Instant> newestWindowEnd() {
    return newestWindowEnd;
  }

  /** Seconds since the end of the newest applied window; 0 before the first. */
  private double lag(Instant now) {
    return newestWindowEnd.map(end -> Duration.between(end, now).toMillis() / 1000.0).orElse(0.0);
  }

  /** Numbers by their Prometheus names; durations in seconds. */
  synchronized Map<String, Number> numbers(Instant now) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put("aqueduct_aggregate_windows_total", windows);
    numbers.put("aqueduct_aggregate_events_total", events);
    numbers.put("aqueduct_aggregate_chunks_total", chunks);
    numbers.put("aqueduct_aggregate_duplicate_lines_total", duplicateLines);
    numbers.put("aqueduct_aggregate_rejections_total", rejections);
    numbers.put("aqueduct_aggregate_failures_total", failures);
    numbers.put("aqueduct_aggregate_slow_windows_total", slowWindows);
    numbers.put("aqueduct_aggregate_lost_ranges_total", lostRanges);
    numbers.put("aqueduct_aggregate_last_window_seconds", lastSeconds);
    numbers.put("aqueduct_aggregate_events_per_second", eventsPerSecond);
    numbers.put("aqueduct_aggregate_lag_seconds", lag(now));
    return numbers;
  }

  /** The same for people and probes; the texts are instants and names of classes. */
  synchronized Map<String, Object> health(Instant now) {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", healthy() ? "UP" : "DOWN");
    health.put("newest_window_start", newestWindowStart.map(Object::toString).orElse(""));
    health.put("newest_window_end", newestWindowEnd.map(Object::toString).orElse(""));
    health.put("lag_seconds", lag(now));
    health.put("events_per_second", eventsPerSecond);
    health.put("events", events);
    health.put("failures", failures);
    health.put("last_failure", lastFailure);
    health.put("lost", lost);
    return health;
  }

  /** Whether the newest try did not fail. Lateness alone is no illness: it may be catching up. */
  synchronized boolean healthy() {
    return lastFailure.isEmpty();
  }
}
