// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzer;

/**
 * An agent -> what yauaa says of it, as encoded fields. The analyzer costs seconds to build and
 * more than 100 MB, so one is shared, and it is built when it is first needed.
 *
 * <p>Of a long or crowded agent only the beginning is analysed, see {@link #analysed}: yauaa's time
 * rises with the square of what can be nested or chained, and its stack ends before that of some
 * agents of 512 characters does.
 */
final class AgentAnalyzer {
  private static final int LONGEST = UserAgentDictionary.LONGEST_AGENT;

  /** Of these signs: real agents have up to 18. */
  private static final int MOST_SIGNS = 24;

  private static final String SIGNS = "/@|([{";

  /** yauaa's field -> ours. */
  private static final Map<String, Integer> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put(UserAgent.AGENT_NAME, EnrichedLog.USER_AGENT_NAME_FIELD_NUMBER);
    FIELDS.put(UserAgent.AGENT_VERSION, EnrichedLog.USER_AGENT_VERSION_FIELD_NUMBER);
    FIELDS.put(UserAgent.OPERATING_SYSTEM_NAME, EnrichedLog.USER_AGENT_OS_NAME_FIELD_NUMBER);
    FIELDS.put(UserAgent.OPERATING_SYSTEM_VERSION, EnrichedLog.USER_AGENT_OS_VERSION_FIELD_NUMBER);
    FIELDS.put(UserAgent.DEVICE_CLASS, EnrichedLog.USER_AGENT_DEVICE_CLASS_FIELD_NUMBER);
    FIELDS.put(UserAgent.DEVICE_BRAND, EnrichedLog.USER_AGENT_DEVICE_BRAND_FIELD_NUMBER);
    FIELDS.put(UserAgent.DEVICE_NAME, EnrichedLog.USER_AGENT_DEVICE_NAME_FIELD_NUMBER);
    FIELDS.put(UserAgent.LAYOUT_ENGINE_NAME, EnrichedLog.USER_AGENT_LAYOUT_ENGINE_FIELD_NUMBER);
  }

  private static volatile boolean built;

  private AgentAnalyzer() {}

  /** Made by the JVM when {@link #fields} is first called. */
  private static final class Yauaa {
    private static final UserAgentAnalyzer ANALYZER = build();

    private static UserAgentAnalyzer build() {
      built = true;
      return UserAgentAnalyzer.newBuilder()
          .hideMatcherLoadStats()
          .withFields(FIELDS.keySet())
          .withoutCache()
          .build();
    }
  }

  /** Whether yauaa was needed so far in this JVM. */
  static boolean wasBuilt() {
    return built;
  }

  /** The fields of the agent; what yauaa does not know ("Unknown", "??") is absent. */
  static byte[] fields(String agent) {
    UserAgent parsed = Yauaa.ANALYZER.parse(analysed(agent));
    FieldWriter out = new FieldWriter();
    FIELDS.forEach(
        (name, field) -> {
          String value = parsed.getValue(name);
          if (value != null && !value.startsWith("Unknown") && !value.startsWith("??")) {
            out.text(field, value);
          }
        });
    return out.copy();
  }

  /**
   * What of an agent is analysed: its first 512 characters, up to the 25th slash, at sign, bar or
   * opening bracket among them.
   */
  static String analysed(String agent) {
    int end = Math.min(agent.length(), LONGEST);
    int signs = 0;
    for (int i = 0; i < end; i++) {
      if (SIGNS.indexOf(agent.charAt(i)) >= 0 && ++signs > MOST_SIGNS) {
        return agent.substring(0, i);
      }
    }
    return agent.substring(0, end);
  }
}
