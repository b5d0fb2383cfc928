// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which version answers for a day, and what two versions answer differently. */
class DatasetsTest extends OnCatalogue {
  @Test
  void each_day_gets_the_newest_version_dated_on_or_before_it() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("referrers", LocalDate.parse("2026-11-10"), list("Second"), "CC0-1.0", "forever");
    catalogue.add("referrers", LocalDate.parse("2026-11-01"), list("First"), "CC0-1.0", "forever");
    EnrichmentContext context = new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
    List<String> days =
        List.of("2026-11-23", "2026-11-10", "2026-11-09", "2026-11-01", "2026-10-31");
    assertThat(days)
        .extracting(day -> source(context.day(LocalDate.parse(day).toEpochDay())))
        .containsExactly("Second", "Second", "First", "First", "");
  }

  @Test
  void the_bundled_datasets_are_what_they_say() throws Exception {
    BundledDatasets bundled = new BundledDatasets();
    for (String name : bundled.names()) {
      try (InputStream in = bundled.open(bundled.versions(name).get(0))) {
        assertThat(in.read()).isNotNegative();
      }
    }
  }

  @Test
  void what_a_licence_demands_to_be_destroyed_never_leaves_an_older_version_in_its_place()
      throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    String terms = "30 days after the next version";
    catalogue.add("referrers", LocalDate.parse("2026-09-01"), list("First"), "x", terms);
    catalogue.add(
        "referrers", LocalDate.parse("2026-10-01"), list("Second"), "x", terms + ", then missing");
    catalogue.add("referrers", LocalDate.parse("2026-11-01"), list("Third"), "x", terms);
    assertThat(catalogue.due(LocalDate.parse("2026-10-30"))).isEmpty();
    assertThat(catalogue.due(LocalDate.parse("2026-12-01")))
        .extracting(version -> version.date().toString())
        .containsExactly("2026-09-01", "2026-10-01");
    for (DatasetVersion version : catalogue.due(LocalDate.parse("2026-12-01"))) {
      catalogue.destroy(version, LocalDate.parse("2026-12-01"));
    }
    assertThat(catalogue.due(LocalDate.parse("2026-12-01"))).isEmpty();
    EnrichmentContext context = new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
    assertThat(source(context.day(LocalDate.parse("2026-11-05").toEpochDay()))).isEqualTo("Third");
    DayDatasets october = context.day(LocalDate.parse("2026-10-05").toEpochDay());
    assertThat(source(october)).isEmpty();
    assertThat(EnrichedLog.parseFrom(october.stamp()).getMissingDatasetsList())
        .containsExactly("referrers");
    assertThatThrownBy(() -> context.day(LocalDate.parse("2026-09-05").toEpochDay()))
        .hasMessageContaining("referrers of 2026-09-01 was destroyed")
        .hasCauseInstanceOf(DestroyedDatasetException.class);
    // The same file, and it alone, may come back.
    LocalDate september = LocalDate.parse("2026-09-01");
    assertThatThrownBy(() -> catalogue.add("referrers", september, list("Other"), "x", terms))
        .hasMessageContaining("only the same file");
    catalogue.add("referrers", september, list("First"), "x", terms);
    assertThat(source(context.day(LocalDate.parse("2026-09-05").toEpochDay()))).isEqualTo("First");
  }

  /** Two geo databases of two dates; each event gets the answer of its own date, in any order. */
  @Test
  void of_two_geo_datasets_each_event_is_answered_by_that_of_its_own_date() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("geo-city", LocalDate.parse("2026-11-10"), place("DK"), "CC0-1.0", "forever");
    catalogue.add("geo-city", LocalDate.parse("2026-11-01"), place("SE"), "CC0-1.0", "forever");
    EnrichmentContext context = new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
    List<String> days =
        List.of("2026-11-30", "2026-11-10", "2026-11-09", "2026-11-01", "2026-10-31");
    List<String> countries = new java.util.ArrayList<>();
    for (String day : days) {
      EnrichedLog event =
          Enriching.event(
              context,
              Enriching.raw()
                  .setTimeUs(Enriching.us(day + "T23:59:59Z"))
                  .setClientIp("81.2.69.142"));
      countries.add(
          event.getGeoCountryIsoCode() + " " + event.getDatasetVersionsMap().get("geo-city"));
    }
    assertThat(countries)
        .containsExactly(
            "DK 2026-11-10", "DK 2026-11-10", "SE 2026-11-01", "SE 2026-11-01", "GB 2019-11-19");
  }

  /**
   * Each difference once, as large as both leave it whole, though IPv6 holds IPv4 several times.
   */
  @Test
  void two_databases_differ_by_the_networks_that_they_answer_differently() throws Exception {
    FileDatasetCatalogue catalogue = catalogue();
    DatasetVersion one =
        catalogue.add("geo-city", LocalDate.parse("2026-11-01"), place("SE"), "CC0-1.0", "forever");
    DatasetVersion two =
        catalogue.add("geo-city", LocalDate.parse("2026-11-10"), place("DK"), "CC0-1.0", "forever");
    Path v6 = Files.write(folder.resolve("v6.mmdb"), TinyGeo.inIpv6("NO"));
    DatasetVersion three =
        catalogue.add("geo-city", LocalDate.parse("2026-11-20"), v6, "CC0-1.0", "forever");
    Files.write(v6, TinyGeo.inIpv6("FI"));
    DatasetVersion four =
        catalogue.add("geo-city", LocalDate.parse("2026-11-21"), v6, "CC0-1.0", "forever");
    assertHalves(new DatasetComparison(catalogue, 10).of(one, two), "SE", "DK");
    assertHalves(new DatasetComparison(catalogue, 10).of(two, three), "DK", "NO");
    assertHalves(new DatasetComparison(catalogue, 10).of(three, four), "NO", "FI");
    assertThat(new DatasetComparison(catalogue, 3).of(three, three))
        .isEqualTo(new DatasetDiff(0, 0, 0, List.of()));
  }

  private static void assertHalves(DatasetDiff diff, String before, String after) {
    assertThat(List.of(diff.added(), diff.removed(), diff.changed())).containsExactly(0L, 0L, 2L);
    assertThat(diff.examples())
        .extracting(DatasetDiff.Change::entry)
        .containsExactly("0.0.0.0/1", "128.0.0.0/1");
    assertThat(diff.examples()).allMatch(change -> change.before().contains(before));
    assertThat(diff.examples()).allMatch(change -> change.after().contains(after));
  }
}
