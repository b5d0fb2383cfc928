// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.enrichment.UserAgentDictionary;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Unpacker;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Lines seen before -> the user-agent dictionary that a later day starts with. */
final class SeenAgents {
  private static final long MOST_LINES = 1_000_000;
  private final Set<String> agents = new ConcurrentSkipListSet<>();

  /** What the correction of the day before leaves: other lines of the same mix. */
  static SeenAgents dayBefore(TrafficPlan plan) {
    TrafficPlan before =
        new TrafficPlan(
            Math.min(plan.events(), MOST_LINES),
            plan.seed() + 1000,
            plan.start().minus(Duration.ofDays(1)),
            plan.rate(),
            plan.mix(),
            0,
            plan.fields());
    SeenAgents seen = new SeenAgents();
    new Traffic().files(before).forEach(file -> Core.streamify(file, Codec.ZSTD, seen::add));
    return seen;
  }

  void add(byte[] chunk) {
    try {
      new Unpacker("RawLog")
          .unpack(chunk)
          .forEach((buffer, from, to) -> agents.add(agent(buffer, from, to)));
    } catch (CorruptRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  int count() {
    return agents.size();
  }

  private static String agent(byte[] buffer, int from, int to) {
    try {
      return RawLog.parser().parseFrom(buffer, from, to - from).getUserAgentOriginal();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes their dictionary a dataset of the directory, valid from the day on. */
  void store(Path datasets, LocalDate from) throws IOException {
    Path file = Files.createTempFile("user-agents-", ".aqua");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        UserAgentDictionary.write(agents, out);
      }
      new FileDatasetCatalogue(datasets, new BundledDatasets())
          .add("user-agents", from, file, "Apache-2.0", "forever");
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
