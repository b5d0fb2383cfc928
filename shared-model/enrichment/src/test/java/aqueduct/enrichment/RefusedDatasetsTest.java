// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datasets that are damaged, changed, moved or of no use, and one that breaks off. */
class RefusedDatasetsTest extends OnCatalogue {
  @Test
  void a_version_never_changes() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("referrers", LocalDate.parse("2026-11-01"), list("First"), "CC0-1.0", "forever");
    assertThatThrownBy(
            () ->
                catalogue.add(
                    "referrers",
                    LocalDate.parse("2026-11-01"),
                    list("Other"),
                    "CC0-1.0",
                    "forever"))
        .hasMessageContaining("2026-11-01")
        .hasMessageContaining("another date");
  }

  @Test
  void a_dataset_that_is_not_what_its_manifest_says_is_refused() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    DatasetVersion version =
        catalogue.add(
            "referrers", LocalDate.parse("2026-11-01"), list("First"), "CC0-1.0", "forever");
    Files.writeString(
        folder.resolve("referrers/2026-11-01/list.yml"), "x", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> catalogue.open(version))
        .isInstanceOf(CorruptDatasetException.class)
        .hasMessageContaining("SHA-256");
    EnrichmentContext context = new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
    assertThatThrownBy(() -> context.day(LocalDate.parse("2026-11-05").toEpochDay()))
        .hasMessageContaining("dataset verify");
  }

  @Test
  void what_cannot_be_used_is_refused_when_it_is_added_and_nothing_stays() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    LocalDate date = LocalDate.parse("2026-11-01");
    Path wrong = Files.writeString(folder.resolve("wrong"), "a: [b\n");
    for (String name :
        List.of(
            "geo-city", "asn", "networks", "bots", "referrers", "public-suffixes", "user-agents")) {
      assertThatThrownBy(() -> catalogue.add(name, date, wrong, "CC0-1.0", "forever"))
          .as(name)
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> catalogue.add("weather", date, wrong, "CC0-1.0", "forever"))
        .hasMessageContaining("weather")
        .hasMessageContaining("geo-city");
    assertThatThrownBy(() -> catalogue.add("bots", date, list("x"), "CC0-1.0", "a while"))
        .hasMessageContaining("retention is 'a while'");
    StringBuilder bomb = new StringBuilder("version: 1\nbots:\n  x:\n");
    for (int i = 0; i < 30_000; i++) {
      bomb.append("    w").append(i).append(": W\n");
    }
    Path many = Files.writeString(folder.resolve("many"), bomb);
    assertThatThrownBy(() -> catalogue.add("bots", date, many, "CC0-1.0", "forever"))
        .hasMessageContaining("30000 words");
    Path aliases =
        Files.writeString(
            folder.resolve("aliases"),
            "version: 1\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ne: [*d,*d]\n");
    assertThatThrownBy(() -> catalogue.add("referrers", date, aliases, "CC0-1.0", "forever"))
        .isInstanceOf(CorruptDatasetException.class);
    assertThat(catalogue.versions("bots")).hasSize(1);
    assertThat(folder.resolve("bots")).doesNotExist();
  }

  @Test
  void a_manifest_that_was_moved_to_another_date_is_refused() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("referrers", LocalDate.parse("2026-11-01"), list("First"), "CC0-1.0", "forever");
    Files.move(folder.resolve("referrers/2026-11-01"), folder.resolve("referrers/2026-11-09"));
    assertThatThrownBy(() -> catalogue.versions("referrers"))
        .hasMessageContaining("referrers/2026-11-09/manifest.json")
        .hasMessageContaining("2026-11-01");
  }

  /** The disk for temporary files is full, or the connection breaks: once. */
  @Test
  void a_dataset_that_breaks_off_while_it_is_opened_is_opened_whole_the_next_time()
      throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("geo-city", LocalDate.parse("2026-11-01"), place("SE"), "CC0-1.0", "forever");
    EnrichmentContext context =
        new EnrichmentContext(new BreakingOnce(catalogue), EnrichmentSettings.defaults());
    long day = LocalDate.parse("2026-11-05").toEpochDay();
    assertThatThrownBy(() -> context.day(day))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("No space left on device");
    EnrichedLog event =
        Enriching.event(context, Enriching.raw().setTimeUs(Enriching.us("2026-11-05T10:00:00Z")));
    assertThat(event.getGeoCountryIsoCode()).isEqualTo("SE");
  }

  /** A catalogue whose first dataset breaks off half-way. */
  private static final class BreakingOnce implements DatasetCatalogue {
    private final DatasetCatalogue catalogue;
    private boolean broken;

    BreakingOnce(DatasetCatalogue catalogue) {
      this.catalogue = catalogue;
    }

    @Override
    public List<DatasetVersion> versions(String name) {
      return catalogue.versions(name);
    }

    @Override
    public List<String> names() {
      return catalogue.names();
    }

    @Override
    public InputStream open(DatasetVersion version) throws IOException {
      InputStream whole = catalogue.open(version);
      if (broken || !version.name().equals("geo-city")) {
        return whole;
      }
      broken = true;
      byte[] half = whole.readNBytes((int) version.size() / 2);
      return new java.io.SequenceInputStream(
          new ByteArrayInputStream(half),
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("No space left on device");
            }
          });
    }
  }
}
