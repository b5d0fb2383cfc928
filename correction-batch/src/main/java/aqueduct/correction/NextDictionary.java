// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.Lake;
import aqueduct.correction.numbers.DayAgents;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.enrichment.UserAgentDictionary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Days that were corrected -> the user-agent dictionary of tomorrow, so that the live path answers
 * for agents seen before without analysing them. Dated tomorrow and never changed: no event has
 * been enriched under that date, so every repeat of an enrichment finds what the first one found.
 */
final class NextDictionary {
  private static final Logger log = LoggerFactory.getLogger(NextDictionary.class);
  private static final String NAME = "user-agents";

  private final JavaSparkContext spark;
  private final Lake lake;
  private final DatasetCatalogue catalogue;
  private final int most;

  /**
   * Prepares it.
   *
   * @param most how many agents it may have; 0: none is made
   */
  NextDictionary(JavaSparkContext spark, Lake lake, DatasetCatalogue catalogue, int most) {
    this.spark = spark;
    this.lake = lake;
    this.catalogue = catalogue;
    this.most = most;
  }

  /** Does nothing where tomorrow has one already, or where no folder takes datasets. */
  void make(List<LocalDate> days, LocalDate tomorrow) throws IOException {
    if (days.isEmpty()
        || most == 0
        || !(catalogue instanceof FileDatasetCatalogue folder)
        || folder.versions(NAME).stream().anyMatch(v -> v.date().equals(tomorrow))) {
      return;
    }
    List<DataFile> files = days.stream().flatMap(day -> lake.files(day).stream()).toList();
    List<String> agents =
        DayAgents.most(spark, lake.table(), files, UserAgentDictionary.LEAST_SEEN, most);
    if (!agents.isEmpty()) {
      add(folder, agents, tomorrow);
      log.info("{} of {}: {} agents of {}", NAME, tomorrow, agents.size(), days);
    }
  }

  private static void add(FileDatasetCatalogue folder, List<String> agents, LocalDate tomorrow)
      throws IOException {
    Path directory = Files.createTempDirectory("dictionary");
    Path file = directory.resolve("user-agents.aqua");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        UserAgentDictionary.write(agents, out);
      }
      folder.add(
          NAME, tomorrow, file, "Apache-2.0", "30 days after the next version, then missing");
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }
}
