// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;

/**
 * The client's address -> its place, from the dataset of the day; else the country that the edge
 * gave.
 */
final class GeoEnrichment implements Enrichment {
  private static final byte[] EDGE = "edge".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "geo";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    AddressDatabase<byte[]> city = day.city();
    byte[] fields = city == null || event.client.version() == 0 ? null : city.find(event.client);
    if (fields != null && fields.length > 0) {
      out.fields(fields);
    } else if (event.log.length(RawLog.EDGE_COUNTRY_FIELD_NUMBER) == 2) {
      out.text(
          EnrichedLog.GEO_COUNTRY_ISO_CODE_FIELD_NUMBER,
          event.log.buffer(),
          event.log.from(RawLog.EDGE_COUNTRY_FIELD_NUMBER),
          event.log.to(RawLog.EDGE_COUNTRY_FIELD_NUMBER));
      out.text(EnrichedLog.GEO_SOURCE_FIELD_NUMBER, EDGE);
    }
  }
}
