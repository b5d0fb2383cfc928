// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue in a folder of its own, and small datasets to add to it. */
abstract class OnCatalogue {
  @TempDir Path folder;

  FileDatasetCatalogue catalogue() {
    return new FileDatasetCatalogue(folder, new BundledDatasets());
  }

  Path list(String source) throws Exception {
    return Files.writeString(
        folder.resolve("list.yml"), "version: test\nsearch:\n  " + source + ": [find.example]\n");
  }

  static String source(DayDatasets day) {
    return day.referrers().find("find.example", "").map(ReferrerList.Source::name).orElse("");
  }

  Path place(String country) throws Exception {
    return Files.write(folder.resolve("place.mmdb"), TinyGeo.of(country));
  }
}
