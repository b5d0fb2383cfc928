// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayOutputStream;
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
      "Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.4.6 (KHTML, like Gecko) Version/10.0 Mobile/14D27 Safari/602.1";
  @TempDir Path folder;

  private FileDatasetCatalogue catalogue() {
    return new FileDatasetCatalogue(folder, new BundledDatasets());
  }

  private Path list(String source) throws Exception {
    return Files.writeString(
        folder.resolve("list.yml"), "version: test\nsearch:\n  " + source + ": [find.example]\n");
  }

  private static String source(DayDatasets day) {
    return day.referrers().find("find.example").map(ReferrerList.Source::name).orElse("");
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
  void a_dictionary_that_is_cut_is_refused() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    UserAgentDictionary.write(List.of(FIREFOX), whole);
    Path file =
        Files.write(
            folder.resolve("agents.zst"), Arrays.copyOf(whole.toByteArray(), whole.size() - 9));
    FileDatasetCatalogue catalogue = catalogue();
    catalogue.add("user-agents", LocalDate.parse("2026-11-01"), file, "Apache-2.0", "forever");
    EnrichmentContext context = new EnrichmentContext(catalogue, EnrichmentSettings.defaults());
    assertThatThrownBy(() -> context.day(LocalDate.parse("2026-11-02").toEpochDay()))
        .hasMessageContaining("user-agents");
  }
}
