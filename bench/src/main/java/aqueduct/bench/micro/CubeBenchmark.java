// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench.micro;

import aqueduct.bench.Core;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.Cube;
import aqueduct.metrics.ReportSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packed EnrichedLogs -> the cells of all default reports, an event, with unpacking. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Events.COUNT)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CubeBenchmark {
  @Param public TrafficPlan.Mix mix = TrafficPlan.Mix.TYPICAL;

  private final List<ReportSpec> reports = ReportSpec.defaults();
  private final Unpacker unpacker = new Unpacker("EnrichedLog");
  private List<byte[]> enriched = List.of();
  private final Cube warm = new Cube(reports);

  @Setup
  public void enrich() {
    enriched =
        Core.enrich(Events.raw(mix), Core.enricher(Events.context(EnrichmentSettings.CHAIN)));
  }

  /** Into a cube that has the cells already. */
  @Benchmark
  public Cube add() throws CorruptRecordException {
    return add(warm);
  }

  /** Into a new cube, and its deltas taken. */
  @Benchmark
  public long addAndTake() throws CorruptRecordException {
    Cube cube = add(new Cube(reports));
    long cells = 0;
    for (var deltas = cube.deltas(); deltas.hasNext(); deltas.next()) cells++;
    return cells;
  }

  private Cube add(Cube cube) throws CorruptRecordException {
    for (byte[] record : enriched) unpacker.unpack(record).forEach(cube::add);
    return cube;
  }
}
