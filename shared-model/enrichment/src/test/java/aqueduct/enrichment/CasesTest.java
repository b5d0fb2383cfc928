// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.enrichment.cases.CaseFile;
import aqueduct.enrichment.cases.CaseResult;
import aqueduct.enrichment.cases.CaseResult.Difference;
import aqueduct.enrichment.cases.CaseRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unit tests for a configuration: a log line in, the expected fields out. */
class CasesTest {
  private static final String CASES =
      """
      cases:
        - name: a page
          log:
            date: 2026-11-23
            time: "10:00:00"
            c-ip: 81.2.69.142
            cs-method: GET
            x-host-header: www.example.org
            cs-uri-stem: /shop/
            sc-status: 200
            cs(Referer): https://www.google.com/search?q=red+shoes
            cs(User-Agent): Mozilla/5.0%20(Windows%20NT%2010.0)
          expect:
            event.kind: page_view
            event.time: 2026-11-23T10:00:00Z
            geo.country.iso_code: GB
            referrer.term: red shoes
            campaign.source: ~
            http.response.status_code: 200
            bot.is_bot: false
            pipeline.dataset_versions.geo-city: "2019-11-19"
        - name: wrong on purpose
          log: "2026-11-23\\t10:00:00\\tCPH50\\t12\\t81.2.69.142\\tGET\\td1.cloudfront.net\\t/x\\t200\\t-\\t-\\t-"
          expect: {event.kind: asset, geo.country.iso_code: ~}
        - name: filtered
          log: {date: 2026-11-23, time: "10:00:00", cs-uri-stem: /health, sc-status: 200}
          expect: {filtered: health-checks}
        - name: filtered but nobody says so
          log: {date: 2026-11-23, time: "10:00:00", cs-uri-stem: /health, sc-status: 200}
          expect: {}
        - name: rejected
          log: {date: yesterday, time: "10:00:00", cs-uri-stem: /x, sc-status: 200}
          expect: {rejected: bad_time}
      """;
  @TempDir Path folder;

  @Test
  void each_case_says_field_by_field_what_is_not_as_expected() throws Exception {
    Rule health =
        new Rule(Rule.Action.DROP, Map.of(Rule.Subject.PATH, List.of("/health")), Optional.empty());
    CaseRunner runner =
        new CaseRunner(
            Enriching.with(
                EnrichmentSettings.defaults().withRules(Map.of("health-checks", health))));
    List<CaseResult> results =
        CaseFile.read(Files.writeString(folder.resolve("cases.yml"), CASES)).stream()
            .map(runner::run)
            .toList();
    assertThat(results.get(0).differences()).isEmpty();
    assertThat(results.get(1).differences())
        .containsExactly(
            new Difference("event.kind", "asset", "other"),
            new Difference("geo.country.iso_code", "(absent)", "GB"));
    assertThat(results.get(2).differences()).isEmpty();
    assertThat(results.get(3).differences())
        .containsExactly(new Difference("the line", "an event", "filtered: health-checks"));
    assertThat(results.get(4).event()).startsWith("rejected: ");
    assertThat(results.get(4).differences()).isEmpty();
  }

  @Test
  void a_file_that_is_no_list_of_cases_is_refused_and_named() throws Exception {
    for (String wrong : List.of("", "cases: 7", "cases: [{name: x}]", "a: [b")) {
      Path file = Files.writeString(folder.resolve("wrong.yml"), wrong);
      assertThatThrownBy(() -> CaseFile.read(file))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("wrong.yml");
    }
  }

  @Test
  void a_field_that_no_event_has_is_refused_and_not_taken_for_absent() throws Exception {
    for (String wrong :
        List.of("geo.contry.iso_code", "geo.country.iso_code.x", "referer", "x.y")) {
      assertThatThrownBy(() -> CaseFile.read(expecting(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cases.yml, case 1: 'a' expects something of '" + wrong + "'");
    }
    for (String right : List.of("geo", "geo.country", "pipeline.dataset_versions.any.name")) {
      assertThat(CaseFile.read(expecting(right))).hasSize(1);
    }
  }

  private Path expecting(String field) throws Exception {
    return Files.writeString(
        folder.resolve("cases.yml"), "cases: [{name: a, log: x, expect: {" + field + ": ~}}]");
  }
}
