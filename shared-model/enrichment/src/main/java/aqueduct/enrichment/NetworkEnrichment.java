// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;

/** The client's address, else the edge's word -> autonomous system. */
final class NetworkEnrichment implements Enrichment {

  @Override
  public String name() {
    return "network";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    event.network =
        day.networks().find(event.client, event.log.number(RawLog.EDGE_ASN_FIELD_NUMBER));
    out.fields(event.network.fields());
  }
}
