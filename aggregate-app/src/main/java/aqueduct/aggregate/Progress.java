// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.aggregate.WindowJob.Done;
import aqueduct.aggregate.windows.PlannedWindow;
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
  private long lastMillis;
  private String lastFailure = "";
  private Optional<Instant> newestWindowEnd = Optional.empty();

  synchronized void resumed(Instant end) {
    newestWindowEnd = Optional.of(end);
  }

  synchronized void applied(PlannedWindow window, Done done, Duration took) {
    windows++;
    events += done.events();
    chunks += done.chunks();
    duplicateLines += done.duplicateLines();
    rejections += done.rejections();
    lastMillis = took.toMillis();
    lastFailure = "";
    newestWindowEnd = Optional.of(window.end());
  }

  synchronized void failed(String reason) {
    failures++;
    lastFailure = reason.lines().findFirst().orElse("unknown");
  }

  synchronized long windows() {
    return windows;
  }

  synchronized Optional<Instant> newestWindowEnd() {
    return newestWindowEnd;
  }

  /** Counters by their metric names; durations in seconds. */
  synchronized Map<String, Number> counters(Instant now) {
    Map<String, Number> counters = new LinkedHashMap<>();
    counters.put("aqueduct_aggregate_windows_total", windows);
    counters.put("aqueduct_aggregate_events_total", events);
    counters.put("aqueduct_aggregate_chunks_total", chunks);
    counters.put("aqueduct_aggregate_duplicate_lines_total", duplicateLines);
    counters.put("aqueduct_aggregate_rejections_total", rejections);
    counters.put("aqueduct_aggregate_failures_total", failures);
    counters.put("aqueduct_aggregate_last_window_seconds", lastMillis / 1000.0);
    newestWindowEnd.ifPresent(
        end ->
            counters.put(
                "aqueduct_aggregate_lag_seconds", Duration.between(end, now).toMillis() / 1000.0));
    return counters;
  }

  synchronized boolean healthy() {
    return lastFailure.isEmpty();
  }

  synchronized String lastFailure() {
    return lastFailure;
  }
}
