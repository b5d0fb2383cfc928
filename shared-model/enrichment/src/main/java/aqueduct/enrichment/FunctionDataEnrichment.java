// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What CloudFront Functions wrote into the log, where the reader left its columns among the unknown
 * ones -> one field. The function at the viewer's request counts before that at the response.
 */
final class FunctionDataEnrichment implements Enrichment {
  private static final List<ByteKey> COLUMNS =
      List.of(column("viewer-request-log-data"), column("viewer-response-log-data"));
  private final ExtraEntry entry = new ExtraEntry();
  private final ByteKey key = new ByteKey();

  private static ByteKey column(String name) {
    return new ByteKey(name.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String name() {
    return "function-data";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    if (event.log.has(RawLog.EXTRA_FIELD_NUMBER)
        && !event.log.has(RawLog.CDN_FUNCTION_DATA_FIELD_NUMBER)
        && !write(event, 0, out)) {
      write(event, 1, out);
    }
  }

  private boolean write(RawEvent event, int column, FieldWriter out) {
    byte[] buffer = event.log.buffer();
    for (int i = 0; i < event.log.fields(); i++) {
      if (event.log.numberAt(i) == RawLog.EXTRA_FIELD_NUMBER) {
        entry.read(event.log, i);
        if (key.set(buffer, entry.keyFrom(), entry.keyTo()).equals(COLUMNS.get(column))
            && entry.valueTo() > entry.valueFrom()) {
          out.text(
              EnrichedLog.CDN_FUNCTION_DATA_FIELD_NUMBER,
              buffer,
              entry.valueFrom(),
              entry.valueTo());
          return true;
        }
      }
    }
    return false;
  }
}
