// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** How fresh the metrics are, asked once or told as it changes. */
@RestController
class StatusController {
  private final MetricStore store;
  private final WindowFeed feed;
  private final Clock clock;

  StatusController(MetricStore store, WindowFeed feed, Clock clock) {
    this.store = store;
    this.feed = feed;
    this.clock = clock;
  }

  /** {@code lag_seconds}: how far the end of the newest applied window lies behind now. */
  @GetMapping("/api/status")
  Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("newest_window", store.newestWindow().map(this::window).orElse(null));
    return status;
  }

  private Map<String, Object> window(AppliedWindow window) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", window.start().toString());
    json.put("end", window.end().toString());
    json.put("events", window.events());
    json.put("applied_at", window.appliedAt().toString());
    json.put("lag_seconds", Duration.between(window.end(), clock.instant()).toSeconds());
    return json;
  }

  @GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream() {
    return feed.open();
  }
}
