// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.MetricStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** A day that was corrected and locked, and then got late logs; and one that was not. */
@SpringBootTest(classes = ReportApplication.class)
@AutoConfigureMockMvc
class DayPageTest {
  private static final EmbeddedPostgres POSTGRES = FilledStore.start();
  private static final MetricStore STORE = FilledStore.fill(POSTGRES.getPostgresDatabase());
  private static boolean corrected;
  @Autowired private MockMvc mvc;
  @Autowired private CorrectedDays days;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    properties.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
    properties.add("spring.datasource.username", () -> "postgres");
  }

  @BeforeEach
  void correct() {
    if (!corrected) {
      FilledStore.correct(days, STORE);
      corrected = true;
    }
  }

  private String body(String path) throws Exception {
    return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
  }

  @Test
  void live_and_corrected_totals_stand_side_by_side_with_their_difference() throws Exception {
    mvc.perform(get("/api/days/2026-11-20"))
        .andExpect(jsonPath("$.state").value("locked"))
        .andExpect(jsonPath("$.late_events").value(25))
        .andExpect(jsonPath("$.late[0].events").value(25))
        .andExpect(jsonPath("$.totals[0].measure").value("requests"))
        .andExpect(jsonPath("$.totals[0].live").value(1033))
        .andExpect(jsonPath("$.totals[0].corrected").value(1048))
        .andExpect(jsonPath("$.totals[0].difference").value(15))
        .andExpect(jsonPath("$.exact[0].unique_visitors").value(287))
        .andExpect(jsonPath("$.exact[0].visits").value(310));
  }

  @Test
  void the_page_says_it_all_without_javascript() throws Exception {
    assertThat(body("/days/2026-11-20"))
        .contains("Version 1, counted again", "The day is locked", "25 late events wait beside it")
        .contains("<td>1,033</td>", "<td>1,048</td>", "+15")
        .contains("287", "120 (38.7 %)", "30 s")
        .contains("ann", "three days are over", "traffic requests: 1,008 → 1,048")
        .doesNotContain("<script", "style=", "onclick");
    assertThat(body("/?range=2026-11-20"))
        .contains("version 1 is shown, 25 late events wait for the next version")
        .contains("href=\"/days/2026-11-20\"");
    assertThat(body("/status")).contains("href=\"/days/2026-11-20\"");
  }

  @Test
  void a_day_that_was_not_corrected_says_so() throws Exception {
    assertThat(body("/days/2026-11-19"))
        .contains("No correction has counted the day again yet", "<td>300</td>")
        .doesNotContain("difference</th>");
    assertThat(body("/?range=2026-11-19")).contains("hidden=\"hidden\"");
    mvc.perform(get("/days/2020-01-01")).andExpect(status().isBadRequest());
  }
}
