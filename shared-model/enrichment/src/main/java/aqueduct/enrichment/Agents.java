// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * User agents -> encoded fields and a bot verdict. First the dictionary of the date, then a bounded
 * cache, then yauaa. Every way gives what yauaa gives, to the letter. Thread-safe.
 */
final class Agents {
  private final Map<ByteKey, byte[]> dictionary;
  private final BotList bots;
  private final BotVerdict missing;
  private final Cache<ByteKey, AgentFacts> cache;

  Agents(Map<ByteKey, byte[]> dictionary, BotList bots, int cacheSize) {
    this.dictionary = dictionary;
    this.bots = bots;
    this.missing = bots.missingAgent();
    this.cache = Caffeine.newBuilder().maximumSize(cacheSize).executor(Runnable::run).build();
  }

  /** The verdict on an event without agent. */
  BotVerdict missing() {
    return missing;
  }

  /** What is known of an agent. The caller may reuse the key. */
  AgentFacts facts(ByteKey agent) {
    AgentFacts known = cache.getIfPresent(agent);
    if (known == null) {
      ByteKey kept = agent.copy();
      known = look(kept);
      cache.put(kept, known);
    }
    return known;
  }

  private AgentFacts look(ByteKey agent) {
    String text = new String(agent.bytes(), StandardCharsets.UTF_8);
    byte[] listed = dictionary.get(agent);
    byte[] fields = listed == null ? AgentAnalyzer.fields(text) : listed;
    try {
      return bots.judge(text, EnrichedLog.parseFrom(fields).getUserAgentDeviceClass(), fields);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the user-agent dictionary holds a damaged entry", e);
    }
  }
}
