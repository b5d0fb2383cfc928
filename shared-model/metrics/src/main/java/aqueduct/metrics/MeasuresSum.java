// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * Measures of many cells -> their sum, the same as by {@link Measures#plus} one after the other;
 * sketches stay open between two cells, so that each is read once.
 */
public final class MeasuresSum {
  private Measures counters = Measures.NONE;
  private @Nullable Union visitors;
  private @Nullable DDSketch duration;

  public void add(Measures cell) {
    counters = counters.plus(cell.withoutSketches());
    if (cell.visitors() != null) {
      visitors = visitors == null ? Sketches.union() : visitors;
      visitors.update(Sketches.readVisitors(cell.visitors()));
    }
    if (cell.duration() != null) {
      DDSketch read = Sketches.readDuration(cell.duration());
      if (duration == null) {
        duration = read;
      } else {
        duration.mergeWith(read);
      }
    }
  }

  public Measures sum() {
    return counters.withSketches(
        visitors == null ? null : Sketches.bytes(visitors),
        duration == null ? null : Sketches.bytes(duration));
  }
}
