// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Agents -> bot or not, by words that bots put into their agents, by what the agent's text shows,
 * and by the network. A bot is flagged, never dropped.
 */
final class BotList {
  private static final int MOST_WORDS = 20_000;

  /** A bot that a list names. */
  record Bot(String name, String category) {}

  private record Word(String word, Bot bot) {}

  private final String version;
  private final List<Word> words;

  private BotList(String version, List<Word> words) {
    this.version = version;
    this.words = words;
  }

  /** The list of a day for which there is none. */
  static BotList none() {
    return new BotList("none", List.of());
  }

  /** Reads a list in the form of bots.yml: category -> word in the agent -> name. */
  static BotList read(InputStream yaml) throws IOException {
    Map<?, ?> root = ListFile.read(yaml);
    List<Word> words = new ArrayList<>();
    Map<?, ?> categories = ListFile.map(root, "bots");
    for (Object category : categories.keySet()) {
      ListFile.map(categories, String.valueOf(category))
          .forEach(
              (word, name) ->
                  words.add(
                      new Word(
                          String.valueOf(word).toLowerCase(Locale.ROOT),
                          new Bot(String.valueOf(name), String.valueOf(category)))));
    }
    if (words.size() > MOST_WORDS) {
      throw new CorruptDatasetException(
          "it has " + words.size() + " words, and each is looked for in every agent");
    }
    return new BotList(ListFile.version(root), words);
  }

  private Optional<Bot> find(String agent) {
    String small = agent.toLowerCase(Locale.ROOT);
    return words.stream().filter(w -> small.contains(w.word)).map(Word::bot).findFirst();
  }

  /** What is known of an agent, beside what yauaa says of it. */
  AgentFacts judge(String agent, String deviceClass, byte[] agentFields) {
    Optional<Bot> listed = find(agent);
    AgentSigns signs = AgentSigns.of(agent, deviceClass);
    return new AgentFacts(
        agentFields,
        verdict(listed, signs, NetworkFacts.UNKNOWN),
        verdict(listed, signs, NetworkFacts.HOSTING));
  }

  /** The verdict on an event without an agent: no browser leaves it out. */
  BotVerdict missingAgent() {
    return verdict(
        Optional.empty(),
        new AgentSigns(List.of("agent_missing"), List.of()),
        NetworkFacts.UNKNOWN);
  }

  /** The verdict on an event from a network of which a list says that only bots are in it. */
  BotVerdict listed(Bot network) {
    FieldWriter out = new FieldWriter();
    write(out, List.of("asn_list"), Optional.of(network));
    return new BotVerdict(true, out.copy());
  }

  private BotVerdict verdict(Optional<Bot> listed, AgentSigns signs, NetworkFacts network) {
    List<String> indicators = new ArrayList<>();
    listed.ifPresent(bot -> indicators.add("agent_list"));
    indicators.addAll(signs.strong());
    if (network.hosting() && (!indicators.isEmpty() || !signs.weak().isEmpty())) {
      indicators.addAll(signs.weak());
      indicators.add("hosting_network");
    }
    if (indicators.isEmpty()) {
      return BotVerdict.NONE;
    }
    FieldWriter out = new FieldWriter();
    write(out, indicators, listed);
    return new BotVerdict(true, out.copy());
  }

  private void write(FieldWriter out, List<String> indicators, Optional<Bot> bot) {
    out.number(EnrichedLog.BOT_IS_BOT_FIELD_NUMBER, 1);
    indicators.forEach(i -> out.text(EnrichedLog.BOT_INDICATORS_FIELD_NUMBER, i));
    bot.ifPresent(listed -> out.text(EnrichedLog.BOT_NAME_FIELD_NUMBER, listed.name));
    out.text(EnrichedLog.BOT_CATEGORY_FIELD_NUMBER, bot.map(Bot::category).orElse("unknown"));
    out.text(EnrichedLog.BOT_LIST_VERSION_FIELD_NUMBER, version);
  }
}
