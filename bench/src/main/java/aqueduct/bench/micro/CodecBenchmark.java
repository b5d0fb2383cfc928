// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench.micro;

import aqueduct.bench.Core;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.Unpacker;
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
import org.openjdk.jmh.infra.Blackhole;

/** Packed chunks -> their messages, and back; an event. Repacking contains unpacking. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Events.COUNT)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CodecBenchmark {
  @Param public Codec codec = Codec.ZSTD;

  private final Unpacker unpacker = new Unpacker("RawLog");
  private Packer packer = new Packer(codec);
  private List<byte[]> records = List.of();

  @Setup
  public void streamify() {
    records = Core.streamify(Events.corpus(TrafficPlan.Mix.TYPICAL).files(), codec);
    packer = new Packer(codec);
  }

  @Benchmark
  public void unpack(Blackhole hole) throws CorruptRecordException {
    for (byte[] record : records)
      unpacker.unpack(record).forEach((b, from, to) -> hole.consume(to));
  }

  @Benchmark
  public void repack(Blackhole hole) throws CorruptRecordException {
    for (byte[] record : records) hole.consume(repacked(record));
  }

  private PackedRecord repacked(byte[] record) throws CorruptRecordException {
    PackedChunk chunk = unpacker.unpack(record);
    chunk.forEach(packer::add);
    return packer.pack(chunk.header());
  }
}
