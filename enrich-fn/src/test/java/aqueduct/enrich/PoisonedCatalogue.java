// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.DatasetVersion;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The bundled datasets, which fail as nobody expects for one day, and as asked otherwise. */
final class PoisonedCatalogue implements DatasetCatalogue {
  private final DatasetCatalogue bundled = new BundledDatasets();
  final AtomicInteger asked = new AtomicInteger();
  volatile int failures = Integer.MAX_VALUE;
  volatile String unreadable = "";
  volatile RuntimeException poison = new IllegalStateException("CANARY-OF-A-MESSAGE");

  @Override
  public Optional<DatasetVersion> versionFor(String name, LocalDate day) {
    if (day.toString().equals(RawChunks.POISON) && asked.incrementAndGet() <= failures) {
      throw poison;
    }
    return DatasetCatalogue.super.versionFor(name, day);
  }

  @Override
  public List<DatasetVersion> versions(String name) {
    return bundled.versions(name);
  }

  @Override
  public List<String> names() {
    return bundled.names();
  }

  @Override
  public InputStream open(DatasetVersion version) throws IOException {
    if (version.name().equals(unreadable)) {
      throw new IOException("the store does not answer");
    }
    return bundled.open(version);
  }
}
