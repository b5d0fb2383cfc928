// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.ByteScan;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Host, path and allowed query -> the registered domain, the path for display (decoded once more),
 * the query that may travel, and the whole URL of these. A part that the log does not have is
 * absent, and without scheme, host or path there is no whole URL.
 */
final class UrlEnrichment implements Enrichment {
  private static final int CACHED = 10_000;
  private static final byte[] AFTER_SCHEME = "://".getBytes(StandardCharsets.US_ASCII);
  private final Map<PublicSuffixes, Cache<ByteKey, byte[]>> registered = new HashMap<>();
  private final ByteKey key = new ByteKey();
  private final ByteSlice text = new ByteSlice();

  @Override
  public String name() {
    return "url";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    if (event.log.length(RawLog.URL_DOMAIN_FIELD_NUMBER) > 0) {
      out.fields(registered(event.host, day.suffixes()));
    }
    normalized(event, out);
    if (!event.query.isEmpty()) {
      out.anyText(EnrichedLog.URL_QUERY_FIELD_NUMBER, event.query);
    }
    full(event, out);
  }

  private byte[] registered(ByteSlice host, PublicSuffixes suffixes) {
    Cache<ByteKey, byte[]> cache =
        registered.computeIfAbsent(
            suffixes,
            any -> Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).build());
    byte[] known = cache.getIfPresent(key.set(host.bytes(), 0, host.length()));
    if (known == null) {
      FieldWriter field = new FieldWriter();
      String domain = suffixes.registered(host.toString());
      if (!domain.isEmpty()) {
        field.text(EnrichedLog.URL_REGISTERED_DOMAIN_FIELD_NUMBER, domain);
      }
      known = field.copy();
      cache.put(key.copy(), known);
    }
    return known;
  }

  private void normalized(RawEvent event, FieldWriter out) {
    byte[] buffer = event.log.buffer();
    int from = event.log.from(RawLog.URL_PATH_FIELD_NUMBER);
    int to = event.log.to(RawLog.URL_PATH_FIELD_NUMBER);
    int percent = ByteScan.indexOf((byte) '%', buffer, from, to);
    if (percent == to) {
      return;
    }
    text.clear();
    text.append(buffer, from, percent);
    for (int i = percent; i < to; i++) {
      int value = buffer[i] == '%' && i + 2 < to ? hex(buffer, i + 1) : -1;
      text.append(value < 0 ? buffer[i] : value);
      i += value < 0 ? 0 : 2;
    }
    if (text.length() < to - from) {
      out.anyText(EnrichedLog.URL_PATH_NORMALIZED_FIELD_NUMBER, text);
    }
  }

  private static int hex(byte[] bytes, int i) {
    int high = Character.digit(bytes[i], 16);
    int low = Character.digit(bytes[i + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private void full(RawEvent event, FieldWriter out) {
    if (event.log.length(RawLog.URL_SCHEME_FIELD_NUMBER) == 0
        || event.log.length(RawLog.URL_DOMAIN_FIELD_NUMBER) == 0
        || event.log.length(RawLog.URL_PATH_FIELD_NUMBER) == 0) {
      return;
    }
    text.clear();
    append(event, RawLog.URL_SCHEME_FIELD_NUMBER);
    text.append(AFTER_SCHEME);
    append(event, RawLog.URL_DOMAIN_FIELD_NUMBER);
    append(event, RawLog.URL_PATH_FIELD_NUMBER);
    if (!event.query.isEmpty()) {
      text.append('?');
      text.append(event.query);
    }
    out.anyText(EnrichedLog.URL_FULL_FIELD_NUMBER, text);
  }

  private void append(RawEvent event, int field) {
    text.append(event.log.buffer(), event.log.from(field), event.log.to(field));
  }
}
