// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The measures of one cell: additive counters, and sketches that merge in any order to the same
 * answer.
 *
 * @param requests log lines, those of bots too
 * @param pageViews requests whose {@code event.kind} is {@code page_view}
 * @param bytesSent bytes that the edge sent, headers included
 * @param cacheHits results Hit and RefreshHit
 * @param cacheable results Hit, RefreshHit and Miss: what the hit ratio divides by
 * @param visitors HLL sketch of the visitor ids of people (bots left out), datasketches' compact
 *     form; absent where the report keeps none
 * @param duration DDSketch of the time taken in seconds, the library's own encoding; absent where
 *     the report keeps none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; merged and asked
public record Measures(
    long requests,
    long pageViews,
    long bytesSent,
    long cacheHits,
    long cacheable,
    long status2xx,
    long status3xx,
    long status4xx,
    long status5xx,
    byte @Nullable [] visitors,
    byte @Nullable [] duration) {

  /** Nothing counted. */
  public static final Measures NONE = new Measures(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);

  /** Both together. */
  public Measures plus(Measures other) {
    return new Measures(
        requests + other.requests,
        pageViews + other.pageViews,
        bytesSent + other.bytesSent,
        cacheHits + other.cacheHits,
        cacheable + other.cacheable,
        status2xx + other.status2xx,
        status3xx + other.status3xx,
        status4xx + other.status4xx,
        status5xx + other.status5xx,
        Sketches.plusVisitors(visitors, other.visitors),
        Sketches.plusDuration(duration, other.duration));
  }

  Measures withoutSketches() {
    return visitors == null && duration == null ? this : withSketches(null, null);
  }

  Measures withSketches(byte @Nullable [] visitors, byte @Nullable [] duration) {
    return new Measures(
        requests, pageViews, bytesSent, cacheHits, cacheable, status2xx, status3xx, status4xx,
        status5xx, visitors, duration);
  }

  /** Unique visitors, with a standard error of about 1.6 %; 0 where the report keeps no sketch. */
  public double uniqueVisitors() {
    return visitors == null ? 0 : Sketches.uniqueVisitors(visitors);
  }

  /**
   * Seconds at quantile {@code q} (0 to 1), within 1 % of the true value; NaN where nothing was
   * measured.
   */
  public double durationQuantile(double q) {
    return duration == null ? Double.NaN : Sketches.durationQuantile(duration, q);
  }
}
