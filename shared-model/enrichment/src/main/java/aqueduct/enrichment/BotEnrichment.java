// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;

/** Agent and network -> whether it is a bot, and why. */
final class BotEnrichment implements Enrichment {

  @Override
  public String name() {
    return "bot";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    BotVerdict verdict = verdict(event, day);
    event.bot = verdict.bot();
    out.fields(verdict.fields());
  }

  private static BotVerdict verdict(RawEvent event, DayDatasets day) {
    if (event.log.length(RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER) == 0) {
      return day.agents().missing();
    }
    BotVerdict byAgent = event.network.hosting() ? event.agent.hosted() : event.agent.verdict();
    BotVerdict byNetwork = event.network.listed();
    return byNetwork == null || byAgent.bot() ? byAgent : byNetwork;
  }
}
