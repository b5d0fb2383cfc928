// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** User agents and what they say, looked up instead of analysed. */
class UserAgentDictionaryTest extends OnCatalogue {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0";

  private static final String IPHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 10_2_1 like Mac OS X) AppleWebKit/602.4.6 (KHTML, like"
          + " Gecko) Version/10.0 Mobile/14D27 Safari/602.1";

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
}
