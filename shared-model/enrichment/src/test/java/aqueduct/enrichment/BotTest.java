// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static aqueduct.enrichment.Enriching.event;
import static aqueduct.enrichment.Enriching.raw;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import org.junit.jupiter.api.Test;

/** Networks, and who is a bot and why. */
class BotTest {
  /** Of Amazon's in the bundled database of 2019. */
  private static final String AMAZON = "54.239.28.85";

  private static final String LINUX_CHROME =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"
          + " Safari/537.36";

  private static EnrichedLog agent(String agent) {
    return event(raw().setUserAgentOriginal(agent));
  }

  @Test
  void an_address_has_its_network_and_a_hosting_one_is_marked() {
    EnrichedLog home = event(raw());
    assertThat(home.getAsNumber()).isPositive();
    assertThat(home.getAsOrganizationName()).isNotEmpty();
    assertThat(home.hasAsHosting()).isTrue();
    assertThat(home.getAsHosting()).isFalse();
    EnrichedLog cloud = event(raw().setClientIp(AMAZON));
    assertThat(cloud.getAsNumber()).isEqualTo(16509);
    assertThat(cloud.getAsOrganizationName()).contains("Amazon");
    assertThat(cloud.getAsHosting()).isTrue();
    EnrichedLog nowhere = event(raw().setClientIp("192.168.1.1"));
    assertThat(nowhere.hasAsNumber()).isFalse();
    assertThat(nowhere.hasAsHosting()).isFalse();
  }

  @Test
  void the_edges_number_counts_where_no_dataset_answers() {
    EnrichedLog edge = event(raw().setClientIp("192.168.1.1").setEdgeAsn(14061));
    assertThat(edge.getAsNumber()).isEqualTo(14061);
    assertThat(edge.getAsHosting()).isTrue();
    assertThat(edge.getAsOrganizationName()).isEmpty();
    assertThat(event(raw().setEdgeAsn(14061)).getAsNumber()).isNotEqualTo(14061);
  }

  @Test
  void a_person_is_no_bot_even_on_a_rented_server() {
    assertThat(event(raw()).getBotIsBot()).isFalse();
    EnrichedLog vpn = event(raw().setClientIp(AMAZON));
    assertThat(vpn.getBotIsBot()).isFalse();
    assertThat(vpn.getBotIndicatorsCount()).isZero();
    assertThat(vpn.getEventKind()).isEqualTo("page_view");
  }

  @Test
  void a_weak_sign_needs_the_company_of_a_hosting_network() {
    assertThat(agent(LINUX_CHROME).getBotIsBot()).isFalse();
    EnrichedLog hosted = event(raw().setUserAgentOriginal(LINUX_CHROME).setClientIp(AMAZON));
    assertThat(hosted.getBotIsBot()).isTrue();
    assertThat(hosted.getBotIndicatorsList())
        .containsExactly("agent_server_system", "hosting_network");
    assertThat(hosted.getBotCategory()).isEqualTo("unknown");
    assertThat(hosted.getBotListVersion()).isEqualTo("aqueduct-2");
    assertThat(hosted.getEventKind()).isEqualTo("other");
  }

  @Test
  void strong_signs_are_enough() {
    EnrichedLog missing = event(raw().clearUserAgentOriginal());
    assertThat(missing.getBotIsBot()).isTrue();
    assertThat(missing.getBotIndicatorsList()).containsExactly("agent_missing");
    assertThat(agent("() { :;}; /bin/bash -c x").getBotIndicatorsList()).contains("agent_hostile");
    assertThat(agent("Thing/1.0 (+https://thing.example/about)").getBotIndicatorsList())
        .contains("agent_contact");
    assertThat(agent("python-requests/2.31.0").getBotName()).isEqualTo("Python Requests");
    assertThat(
            agent("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2")
                .getBotCategory())
        .isEqualTo("ai");
  }

  @Test
  void a_network_of_which_the_list_says_that_only_bots_are_in_it_is_enough() {
    EnrichedLog censys = event(raw().setClientIp("192.168.1.1").setEdgeAsn(398324));
    assertThat(censys.getBotIsBot()).isTrue();
    assertThat(censys.getBotIndicatorsList()).containsExactly("asn_list");
    assertThat(censys.getBotName()).isEqualTo("Censys");
    assertThat(censys.getBotCategory()).isEqualTo("scanner");
  }
}
