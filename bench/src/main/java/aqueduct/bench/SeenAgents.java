// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.enrichment.UserAgentDictionary;
import aqueduct.local.dataset.AgentCounts;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.local.traffic.TrafficPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Lines seen before -> the user-agent dictionary that a later process starts with. */
final class SeenAgents {
  /** What a correction lists by default: {@code aqueduct.correction.dictionary}. */
  private static final int MOST = 20_000;

  private SeenAgents() {}

  /** Those that the correction of the day before lists, which had as many lines of the same mix. */
  static List<String> dayBefore(TrafficPlan plan) {
    TrafficPlan before =
        new TrafficPlan(
            plan.events(),
            plan.seed() + 1000,
            plan.start().minus(Duration.ofDays(1)),
            plan.rate(),
            plan.mix(),
            0,
            plan.fields());
    AgentCounts counts = new AgentCounts(any -> true);
    new Traffic().files(before).forEach(file -> add(counts, file));
    return counts.most(MOST, UserAgentDictionary.LEAST_SEEN);
  }

  /** All of a file. */
  static List<String> of(TrafficFile file) {
    AgentCounts counts = new AgentCounts(any -> true);
    add(counts, file);
    return counts.most(Integer.MAX_VALUE, 1);
  }

  private static void add(AgentCounts counts, TrafficFile file) {
    synchronized (counts) { // files are made by all cores
      try {
        counts.add(Core.logFile(file), new ByteArrayInputStream(file.gzip()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes the agents' dictionary a dataset of the directory, valid from the day on. */
  static void store(List<String> agents, Path datasets, LocalDate from) throws IOException {
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
