// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench.micro;

import aqueduct.bench.Core;
import aqueduct.bench.Corpus;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.Codec;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** gz bytes -> packed RawLogs, a line; and unpacking the same bytes alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Events.COUNT)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StreamifyBenchmark {
  @Param({"ZSTD", "KPL"})
  public Codec codec = Codec.ZSTD;

  private final Corpus corpus = Events.corpus(TrafficPlan.Mix.TYPICAL);
  private final byte[] buffer = new byte[1 << 16];

  @Benchmark
  public long gunzip() {
    return corpus.files().stream().mapToLong(file -> Corpus.gunzip(file.gzip(), buffer)).sum();
  }

  @Benchmark
  public List<byte[]> streamify() {
    return Core.streamify(corpus.files(), codec);
  }
}
