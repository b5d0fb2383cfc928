// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;

/** The user agent -> browser, system and device. */
final class AgentEnrichment implements Enrichment {
  private final ByteKey agent = new ByteKey();

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int field = RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER;
    if (event.log.length(field) > 0) {
      event.agent =
          day.agents()
              .facts(agent.set(event.log.buffer(), event.log.from(field), event.log.to(field)));
      out.fields(event.agent.fields());
    }
  }
}
