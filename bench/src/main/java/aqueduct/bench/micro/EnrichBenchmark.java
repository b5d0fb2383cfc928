// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench.micro;

import aqueduct.bench.Core;
import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.local.traffic.TrafficPlan;
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

/** Packed RawLogs -> packed EnrichedLogs with the whole chain, an event; every agent known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Events.COUNT)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EnrichBenchmark {
  @Param public TrafficPlan.Mix mix = TrafficPlan.Mix.TYPICAL;

  private final Enricher enricher = Core.enricher(Events.context(EnrichmentSettings.CHAIN));
  private List<byte[]> raw = List.of();

  @Setup
  public void streamify() {
    raw = Events.raw(mix);
  }

  @Benchmark
  public List<byte[]> enrich() {
    return Core.enrich(raw, enricher);
  }
}
