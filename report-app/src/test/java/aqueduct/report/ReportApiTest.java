// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import aqueduct.contracts.Events;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.Draft;
import aqueduct.metrics.CorrectedDays.Publication;
import aqueduct.metrics.CorrectedDays.Shown;
import aqueduct.metrics.MetricStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The API and the pages, on a store of their own. */
@SpringBootTest(classes = ReportApplication.class)
@AutoConfigureMockMvc
class ReportApiTest {
  private static final EmbeddedPostgres POSTGRES = FilledStore.start();
  private static final MetricStore STORE = FilledStore.fill(POSTGRES.getPostgresDatabase());
  @Autowired private MockMvc mvc;
  @Autowired private CorrectedDays days;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
    properties.add("spring.datasource.username", () -> "postgres");
    properties.add("aqueduct.report.max-rows", () -> "200");
  }

  private String body(String path) throws Exception {
    return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
  }

  @Test
  void a_day_is_answered_in_every_grain_and_the_sums_agree() throws Exception {
    for (String grain : List.of("5m", "1h", "1d", "all")) {
      String path = "/api/reports/traffic?day=2026-11-20&by=&grain=" + grain;
      String json = body(path);
      long sum =
          Pattern.compile("\"requests\":(\\d+)")
              .matcher(json)
              .results()
              .mapToLong(found -> Long.parseLong(found.group(1)))
              .sum();
      assertThat(sum).as(grain).isEqualTo(1008);
    }
    mvc.perform(get("/api/reports/traffic?day=2026-11-20&by=&grain=1h"))
        .andExpect(jsonPath("$.rows.length()").value(1))
        .andExpect(jsonPath("$.rows[0].bucket_start").value("2026-11-20T10:00:00Z"))
        .andExpect(jsonPath("$.rows[0].unique_visitors").value(Matchers.greaterThan(100)))
        .andExpect(jsonPath("$.rows[0].duration_p95").value(Matchers.greaterThan(1.0)));
  }

  @Test
  void a_range_ends_before_its_end() throws Exception {
    mvc.perform(get("/api/reports/traffic?from=2026-11-19&to=2026-11-20T10:00:00Z&by=&grain=1d"))
        .andExpect(jsonPath("$.rows.length()").value(1))
        .andExpect(jsonPath("$.rows[0].requests").value(300));
  }

  @Test
  void a_page_of_rows_in_the_order_asked() throws Exception {
    mvc.perform(
            get("/api/reports/content?day=2026-11-20&grain=all&order=-requests&limit=5&offset=2"))
        .andExpect(jsonPath("$.rows.length()").value(5))
        .andExpect(jsonPath("$.total_rows").value(Matchers.greaterThan(100)));
    mvc.perform(get("/api/reports/content?day=2026-11-20&grain=all&order=path&limit=1"))
        .andExpect(jsonPath("$.rows[0].path").value("\ttab"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day=yesterday | day | yesterday | 2026-11-23",
        "from=2026-13-01 | from | 2026-13-01 | ISO 8601",
        "from=2026-11-21&to=2026-11-20 | from | 2026-11-21T00:00:00Z | before to",
        "day=2026-11-20&from=2026-11-20 | day | 2026-11-20 | whole day",
        "grain=2h | grain | 2h | 5m, 1h, 1d or all",
        "by=planet | by | planet | site, path",
        "where=planet:earth | where | planet | site, path",
        "where=earth | where | earth | dimension:value",
        "order=-love&limit=1 | order | -love | bucket_start",
        "limit=0 | limit | 0 | 1 or more",
        "limit=many | limit | many | whole number",
        "offset=-1 | offset | -1 | 0 or more",
        "format=xml | format | xml | json or csv",
        "colour=red | parameter | colour | grain",
        "day=2026-11-20 | limit | \\d+ | at most 200 rows"
      })
  void a_wrong_parameter_is_named_with_its_value_and_what_is_allowed(
      String query, String parameter, String value, String allowed) throws Exception {
    mvc.perform(get("/api/reports/content?" + query))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.parameter").value(parameter))
        .andExpect(jsonPath("$.value").value(Matchers.matchesPattern(value.replace("-", "\\-"))))
        .andExpect(jsonPath("$.allowed").value(Matchers.containsString(allowed)))
        .andExpect(jsonPath("$.detail").value(Matchers.containsString(allowed)));
  }

  @Test
  void an_unknown_report_is_not_found_and_the_known_ones_are_named() throws Exception {
    mvc.perform(get("/api/reports/none"))
        .andExpect(status().isNotFound())
        .andExpect(jsonPath("$.allowed").value(Matchers.containsString("traffic, geo")));
  }

  @Test
  void csv_guards_spreadsheets_against_what_strangers_wrote() throws Exception {
    String csv =
        body(
            "/api/reports/content?day=2026-11-20&grain=all&by=path&where=site:hostile.example&format=csv");
    assertThat(csv)
        .startsWith("bucket_start,path,requests,page_views,")
        .contains(",'=cmd|' /C calc'!A0,")
        .contains(",'@SUM(1+9),")
        .contains(",'+1+1,")
        .contains(",'-2+3,")
        .contains(",'\ttab,")
        .contains(",\"/a,b\"\"c\nd\",");
    mvc.perform(get("/api/reports/traffic?day=2026-11-20").accept("text/csv"))
        .andExpect(content().contentType("text/csv;charset=UTF-8"))
        .andExpect(header().string("Content-Disposition", "attachment; filename=\"traffic.csv\""));
  }

  @Test
  void no_page_lets_a_logged_path_become_markup() throws Exception {
    String page = body("/?range=2026-11-20&site=hostile.example");
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert")
        .doesNotContain("<img src=x");
    mvc.perform(get("/"))
        .andExpect(
            header()
                .string("Content-Security-Policy", Matchers.containsString("script-src 'self';")))
        .andExpect(header().string("X-Content-Type-Options", "nosniff"))
        .andExpect(header().string("Referrer-Policy", "no-referrer"));
  }

  @Test
  void the_page_is_whole_without_javascript() throws Exception {
    String page = body("/?range=2026-11-20");
    assertThat(page).contains("1,008").contains("site-1.example").contains("/page/7");
    assertThat(page).contains("<option value=\"2026-11-20\" selected=\"selected\">");
    assertThat(page).doesNotContain("onclick").doesNotContain("style=");
    assertThat(body("/?range=nonsense")).contains("content as CSV");
  }

  @Test
  void status_tells_the_newest_window_and_that_no_line_is_missing() throws Exception {
    mvc.perform(get("/api/status"))
        .andExpect(jsonPath("$.newest_window.start").value("2026-11-21T00:05:00Z"))
        .andExpect(jsonPath("$.newest_window.lag_seconds").isNumber())
        .andExpect(jsonPath("$.conservation.gap").value(0))
        .andExpect(jsonPath("$.conservation.events").value(1308))
        .andExpect(jsonPath("$.conservation.lines").value(1314));
    assertThat(body("/status")).contains("every line accounted for").contains("2026-11-20");
  }

  @Test
  void a_locked_day_shows_its_version_its_history_and_what_waits_beside_it() throws Exception {
    LocalDate day = LocalDate.parse("2026-11-10");
    Draft draft = days.begin(day, "inputs");
    days.stage(
        draft,
        "0",
        FilledStore.deltas(Events.enriched(3, 100, FilledStore.TEN.minusSeconds(10 * 86_400))));
    days.publish(draft, new Publication(Shown.LOCKED, "ann", "three days are over", "m1"));
    mvc.perform(get("/api/days/2026-11-10"))
        .andExpect(jsonPath("$.state").value("locked"))
        .andExpect(jsonPath("$.generation").value(1))
        .andExpect(jsonPath("$.late_events").value(0))
        .andExpect(jsonPath("$.history[0].who").value("ann"))
        .andExpect(jsonPath("$.history[0].why").value("three days are over"))
        .andExpect(jsonPath("$.history[0].difference[0].after").isNumber());
    mvc.perform(get("/api/days")).andExpect(jsonPath("$.days.length()").value(3));
    mvc.perform(get("/api/days/2020-01-01")).andExpect(status().isBadRequest());
    assertThat(STORE.days()).contains(day);
  }
}
