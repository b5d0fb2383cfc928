// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0";
  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.4.6 (KHTML, like"
          + " Gecko) Version/10.0 Mobile/14D27 Safari/602.1";
  @TempDir Path folder;

  private FileDatasetCatalogue catalogue() {
    return new FileDatasetCatalogue(folder, new BundledDatasets());
  }

  private Path list(String source) throws Exception {
    return Files.writeString(
        folder.resolve("list.yml"), "version: test\nsearch:\n  " + source + ": [find.example]\n");
  }

  private static String source(DayDatasets day) {
    return day.referrers().find("find.example", "").map(ReferrerList.Source::name).orElse("");
  }

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
  void the_bundled_datasets_are_what_they_say() throws Exception {
    BundledDatasets bundled = new BundledDatasets();
    for (String name : bundled.names()) {
      try (InputStream in = bundled.open(bundled.versions(name).get(0))) {
        assertThat(in.read()).isNotNegative();
      }
    }
  }

  @Test
  void a_dictionary_gives_what_yauaa_gives_and_does_not_depend_on_order() throws Exception {
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    UserAgentDictionary.write(List.of(FIREFOX, IPHONE), one);
    UserAgentDictionary.write(List.of(IPHONE, FIREFOX, IPHONE), two);
    assertThat(one.toByteArray()).isEqualTo(two.toByteArray());
    Path file = Files.write(folder.resolve("agents.zst"), one.toByteArray());
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("user-agents", LocalDate.parse("2026-11-01"), file, "Apache-2.0", "forever");
    Agents listed =
        new EnrichmentContext(catalogue, EnrichmentSettings.defaults())
            .day(LocalDate.parse("2026-11-02").toEpochDay())
            .agents();
    for (String agent : List.of(FIREFOX, IPHONE)) {
      AgentFacts facts = listed.facts(new ByteKey(agent.getBytes(StandardCharsets.UTF_8)));
      assertThat(facts.fields()).isEqualTo(AgentAnalyzer.fields(agent));
    }
    assertThat(EnrichedLog.parseFrom(AgentAnalyzer.fields(IPHONE)).getUserAgentDeviceClass())
        .isEqualTo("Phone");
  }

  @Test
  void a_dictionary_that_is_cut_or_damaged_is_refused() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    UserAgentDictionary.write(List.of(FIREFOX), whole);
    for (int cut = 0; cut < whole.size(); cut += 5) {
      byte[] bytes = Arrays.copyOf(whole.toByteArray(), cut);
      assertThatThrownBy(() -> UserAgentDictionary.read(new ByteArrayInputStream(bytes)))
          .as("cut at %s", cut)
          .isInstanceOf(IOException.class);
    }
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

  private Path place(String country) throws Exception {
    return Files.write(folder.resolve("place.mmdb"), TinyGeo.of(country));
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
