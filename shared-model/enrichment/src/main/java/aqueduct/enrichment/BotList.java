// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Agents -> bot or not, by words that bots put into their agents and by yauaa's robot classes. A
 * bot is flagged, never dropped.
 */
final class BotList {
  private record Bot(String word, String name, String category) {}

  private final String version;
  private final List<Bot> bots;

  private BotList(String version, List<Bot> bots) {
    this.version = version;
    this.bots = bots;
  }

  /** Reads a list in the form of bots.yml: category -> word in the agent -> name. */
  static BotList read(InputStream yaml) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Map<?, ?> root = loaded instanceof Map<?, ?> map ? map : Map.of();
    List<Bot> bots = new ArrayList<>();
    if (root.get("bots") instanceof Map<?, ?> categories) {
      categories.forEach(
          (category, words) ->
              ((Map<?, ?>) words)
                  .forEach(
                      (word, name) ->
                          bots.add(
                              new Bot(
                                  String.valueOf(word).toLowerCase(Locale.ROOT),
                                  String.valueOf(name),
                                  String.valueOf(category)))));
    }
    return new BotList(String.valueOf(root.get("version")), bots);
  }

  AgentFacts judge(String agent, String deviceClass, byte[] agentFields) {
    String small = agent.toLowerCase(Locale.ROOT);
    Bot listed = bots.stream().filter(bot -> small.contains(bot.word)).findFirst().orElse(null);
    boolean robot = deviceClass.startsWith("Robot");
    if (listed == null && !robot) {
      return new AgentFacts(agentFields, false);
    }
    FieldWriter out = new FieldWriter();
    out.fields(agentFields);
    out.number(EnrichedLog.BOT_IS_BOT_FIELD_NUMBER, 1);
    if (listed != null) {
      out.text(EnrichedLog.BOT_INDICATORS_FIELD_NUMBER, "agent_list");
    }
    if (robot) {
      out.text(EnrichedLog.BOT_INDICATORS_FIELD_NUMBER, "agent_class");
    }
    if (listed != null) {
      out.text(EnrichedLog.BOT_NAME_FIELD_NUMBER, listed.name);
    }
    out.text(EnrichedLog.BOT_CATEGORY_FIELD_NUMBER, listed == null ? "unknown" : listed.category);
    out.text(EnrichedLog.BOT_LIST_VERSION_FIELD_NUMBER, version);
    return new AgentFacts(out.copy(), true);
  }
}
