// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an agent's own text says for its being a bot, beside any list. A strong sign is enough; a
 * weak one counts only together with a hosting network, since people have such agents too.
 *
 * @param strong indicators, each enough
 * @param weak indicators that need company
 */
record AgentSigns(List<String> strong, List<String> weak) {
  private static final List<String> HOSTILE =
      List.of("${", "<script", "</", "union select", "' or ", "../..", "() {", "etc/passwd");
  private static final int SHORT = 16;

  static AgentSigns of(String agent, String deviceClass) {
    String small = agent.toLowerCase(Locale.ROOT);
    List<String> strong = new ArrayList<>();
    List<String> weak = new ArrayList<>();
    if (deviceClass.startsWith("Robot")) {
      strong.add("agent_class");
    }
    if (HOSTILE.stream().anyMatch(small::contains) || deviceClass.equals("Hacker")) {
      strong.add("agent_hostile");
    }
    if (small.contains("+http") || small.contains("(http") || small.contains(" @")) {
      strong.add("agent_contact");
    } else if (small.contains("http://") || small.contains("https://") || small.contains("@")) {
      weak.add("agent_contact");
    }
    if (agent.length() < SHORT) {
      weak.add("agent_short");
    }
    if (agent.indexOf('(') < 0) {
      weak.add("agent_bare");
    }
    if (small.contains("x11; linux")) {
      weak.add("agent_server_system");
    }
    return new AgentSigns(List.copyOf(strong), List.copyOf(weak));
  }
}
