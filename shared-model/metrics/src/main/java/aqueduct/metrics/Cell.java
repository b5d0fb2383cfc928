// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import org.apache.datasketches.hll.HllSketch;
import org.jspecify.annotations.Nullable;

/** One cell while it is being counted. */
final class Cell {
  final byte[] key;
  final long hash;
  private final @Nullable HllSketch visitors;
  private final @Nullable DDSketch duration;
  private long requests;
  private long pageViews;
  private long bytesSent;
  private long cacheHits;
  private long cacheable;
  private final long[] statusClass = new long[6];

  Cell(byte[] key, long hash, ReportSpec spec) {
    this.key = key;
    this.hash = hash;
    visitors = spec.sketches().contains(ReportSpec.Sketch.VISITORS) ? Sketches.visitors() : null;
    duration = spec.sketches().contains(ReportSpec.Sketch.DURATION) ? Sketches.duration() : null;
  }

  void add(EventFacts event) {
    requests++;
    pageViews += event.pageView ? 1 : 0;
    bytesSent += event.bytesSent;
    cacheHits += event.cacheHit ? 1 : 0;
    cacheable += event.cacheable ? 1 : 0;
    statusClass[event.statusClass]++;
    if (visitors != null && event.person) {
      visitors.update(event.visitor);
    }
    if (duration != null && event.seconds >= 0) {
      duration.accept(event.seconds);
    }
  }

  Measures measures() {
    return new Measures(
        requests,
        pageViews,
        bytesSent,
        cacheHits,
        cacheable,
        statusClass[2],
        statusClass[3],
        statusClass[4],
        statusClass[5],
        visitors == null || visitors.isEmpty() ? null : Sketches.bytes(visitors),
        duration == null || duration.isEmpty() ? null : Sketches.bytes(duration));
  }
}
