// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The state of the metrics, asked once or told as it changes. */
@RestController
class StatusController {
  private final Status status;
  private final WindowFeed feed;

  StatusController(Status status, WindowFeed feed) {
    this.status = status;
    this.feed = feed;
  }

  @GetMapping("/api/status")
  Map<String, Object> status() {
    return status.now();
  }

  @GetMapping("/api/days")
  Map<String, Object> days() {
    return Map.of("days", List.copyOf(status.days()));
  }

  @GetMapping("/api/days/{day}")
  Map<String, Object> day(@PathVariable String day) {
    return status.history(day);
  }

  @GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream() {
    return feed.open();
  }
}
