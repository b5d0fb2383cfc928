// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FAULTS row 39: agents that are made to cost. */
class HostileAgentTest {
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/120.0.0.0 Safari/537.36 ";

  @ParameterizedTest
  @ValueSource(strings = {"a/b/c/", "a;b/1(", "((a)) ", "bya@b.c /-", "a|", "a ", "{["})
  void what_costs_the_analysis_too_much_is_left_out_of_it_and_stays_in_the_event(String costly) {
    String agent = CHROME + costly.repeat(1_000);

    EnrichedLog event = event(raw().setUserAgentOriginal(agent));

    assertThat(event.getUserAgentOriginal()).isEqualTo(agent);
    assertThat(event.getUserAgentName()).isEqualTo("Chrome");
    assertThat(event.getUserAgentOsName()).isEqualTo("Windows NT");
    assertThat(AgentAnalyzer.analysed(agent)).startsWith(CHROME).hasSizeBetween(113, 512);
    assertThat(event(raw().setUserAgentOriginal(costly.repeat(1_000))).getUserAgentOriginal())
        .hasSize(costly.length() * 1_000);
  }

  @Test
  void the_first_512_characters_up_to_the_25th_sign_are_analysed() {
    assertThat(AgentAnalyzer.analysed(CHROME)).isEqualTo(CHROME);
    assertThat(AgentAnalyzer.analysed("x".repeat(600))).hasSize(512);
    assertThat(AgentAnalyzer.analysed("a/".repeat(24))).isEqualTo("a/".repeat(24));
    assertThat(AgentAnalyzer.analysed("a/@([{".repeat(5))).isEqualTo("a/@([{".repeat(4) + "a/@([");
  }

  @Test
  void a_bot_that_names_itself_behind_all_that_is_found() {
    EnrichedLog event = event(raw().setUserAgentOriginal("a/b/".repeat(500) + " Googlebot/2.1"));

    assertThat(event.getBotName()).isEqualTo("Googlebot");
  }
}
