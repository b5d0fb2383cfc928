// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.EnrichedLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzer;
import org.junit.jupiter.api.Test;

/**
 * What we say of agents against what yauaa says, on 100,000 inputs, through dictionary, cache and
 * the lazy way. The inputs are draws from some thousand distinct agents, of which yauaa takes some
 * milliseconds for each: {@code -Daqueduct.equality.agents=N} takes N generated ones, and all
 * samples.
 */
class AgentEqualityTest {
  private static final int INPUTS = 100_000;
  private static final int DISTINCT = Integer.getInteger("aqueduct.equality.agents", 2_000);
  private static final String[] FIELDS = {
    UserAgent.AGENT_NAME,
    UserAgent.AGENT_VERSION,
    UserAgent.OPERATING_SYSTEM_NAME,
    UserAgent.OPERATING_SYSTEM_VERSION,
    UserAgent.DEVICE_CLASS,
    UserAgent.DEVICE_BRAND,
    UserAgent.DEVICE_NAME,
    UserAgent.LAYOUT_ENGINE_NAME
  };

  /** An analyzer of its own, which knows all of yauaa's fields. */
  private static final UserAgentAnalyzer ORACLE =
      UserAgentAnalyzer.newBuilder().hideMatcherLoadStats().withoutCache().build();

  private static List<String> expected(String agent) {
    UserAgent parsed = ORACLE.parse(agent);
    return Arrays.stream(FIELDS)
        .map(parsed::getValue)
        .map(value -> value.startsWith("Unknown") || value.startsWith("??") ? "" : value)
        .toList();
  }

  private static List<String> ours(AgentFacts facts) throws Exception {
    EnrichedLog of = EnrichedLog.parseFrom(facts.fields());
    return List.of(
        of.getUserAgentName(),
        of.getUserAgentVersion(),
        of.getUserAgentOsName(),
        of.getUserAgentOsVersion(),
        of.getUserAgentDeviceClass(),
        of.getUserAgentDeviceBrand(),
        of.getUserAgentDeviceName(),
        of.getUserAgentLayoutEngine());
  }

  @Test
  void of_100000_inputs_each_is_what_yauaa_says_through_dictionary_cache_and_lazy_way()
      throws Exception {
    List<String> agents = new ArrayList<>(GeneratedAgents.of(8, DISTINCT));
    for (String sample : GeneratedAgents.samples()) {
      if (!agents.contains(sample)) {
        agents.add(sample);
      }
    }
    assertThat(agents).allMatch(agent -> AgentAnalyzer.analysed(agent).equals(agent));
    Collections.shuffle(agents, new Random(10));
    ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
    UserAgentDictionary.write(agents.subList(0, agents.size() / 2), dictionary);
    Agents listed =
        new Agents(
            UserAgentDictionary.read(new ByteArrayInputStream(dictionary.toByteArray())),
            BotList.none(),
            agents.size() * 4 / 5); // so that some are forgotten and looked for again
    Map<String, List<String>> verdicts = new HashMap<>();
    Map<String, AgentFacts> seen = new HashMap<>();
    Random random = new Random(9);
    ByteKey key = new ByteKey();
    for (int i = 0; i < INPUTS; i++) {
      double skewed = Math.pow(random.nextDouble(), 4);
      String agent = agents.get(i < agents.size() ? i : (int) (skewed * agents.size()));
      byte[] bytes = agent.getBytes(StandardCharsets.UTF_8);
      AgentFacts facts = listed.facts(key.set(bytes, 0, bytes.length));
      AgentFacts before = seen.put(agent, facts);
      if (before == null) {
        verdicts.put(agent, expected(agent));
        assertThat(ours(facts)).as(agent).isEqualTo(verdicts.get(agent));
      } else if (before != facts) {
        assertThat(facts.fields()).as(agent).isEqualTo(before.fields());
      }
    }
    assertThat(verdicts).hasSize(agents.size());
    assertThat(verdicts.values().stream().map(v -> v.get(4)).distinct().count())
        .as("kinds of device among them")
        .isGreaterThan(4);
  }
}
