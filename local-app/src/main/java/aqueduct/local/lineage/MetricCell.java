// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.metrics.Cube;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricKey;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.ReportSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A cell that one event is counted in.
 *
 * @param stored what the cell counts now, over all events; absent if the metrics have no such cell:
 *     the event is not applied, or among the smaller rest that a report keeps as one row
 */
public record MetricCell(MetricKey key, OptionalLong stored) {
  private static final Duration BUCKET = Duration.ofMinutes(5);

  /** Every cell of an enriched event. */
  static List<MetricCell> of(byte[] event, MetricStore store) {
    Cube cube = new Cube(ReportSpec.defaults());
    cube.add(event, 0, event.length);
    List<MetricCell> cells = new ArrayList<>();
    for (Iterator<MetricDelta> deltas = cube.deltas(); deltas.hasNext(); ) {
      MetricKey key = deltas.next().key();
      cells.add(new MetricCell(key, requests(store, key)));
    }
    return cells;
  }

  private static OptionalLong requests(MetricStore store, MetricKey key) {
    List<String> names =
        ReportSpec.defaults().stream()
            .filter(report -> report.name().equals(key.report()))
            .findFirst()
            .orElseThrow()
            .dimensions();
    Map<String, String> where = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) where.put(names.get(i), key.dimensions().get(i));
    return store
        .query(
            new MetricQuery(
                key.report(),
                key.bucketStart(),
                key.bucketStart().plus(BUCKET),
                Grain.FIVE_MINUTES,
                names,
                where))
        .stream()
        .mapToLong(row -> row.measures().requests())
        .findFirst();
  }
}
