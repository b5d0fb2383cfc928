// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;

/** The edge's result type -> whether its cache answered. */
final class CacheEnrichment implements Enrichment {
  private static final byte[] HIT = "Hit".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REFRESH_HIT = "RefreshHit".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    if (event.log.equals(RawLog.CDN_RESULT_TYPE_FIELD_NUMBER, HIT)
        || event.log.equals(RawLog.CDN_RESULT_TYPE_FIELD_NUMBER, REFRESH_HIT)) {
      out.number(EnrichedLog.CDN_CACHE_HIT_FIELD_NUMBER, 1);
    }
  }
}
