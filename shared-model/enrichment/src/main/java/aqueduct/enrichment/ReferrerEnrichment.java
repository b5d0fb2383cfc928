// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The referrer -> domain, medium and source, and the referrer itself without query and fragment. A
 * referrer of the event's own site, or of a configured own domain, is internal; one that no list
 * knows is unknown.
 */
final class ReferrerEnrichment implements Enrichment {
  private static final int CACHED = 50_000;
  private static final byte[] SEPARATOR = {0};
  private final Set<String> ownDomains;
  private final Map<ReferrerList, Cache<ByteKey, byte[]>> caches = new HashMap<>();
  private final ByteKey key = new ByteKey();
  private final FieldWriter keyBytes = new FieldWriter();

  ReferrerEnrichment(EnrichmentSettings settings) {
    this.ownDomains = settings.ownDomains();
  }

  @Override
  public String name() {
    return "referrer";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int field = RawLog.REFERRER_FIELD_NUMBER;
    if (event.log.length(field) == 0) {
      return;
    }
    keyBytes.reset();
    keyBytes.fields(event.site.bytes(), 0, event.site.length());
    keyBytes.fields(SEPARATOR);
    keyBytes.fields(event.log.buffer(), event.log.from(field), event.log.to(field));
    key.set(keyBytes.buffer(), 0, keyBytes.length());
    Cache<ByteKey, byte[]> cache = caches.computeIfAbsent(day.referrers(), any -> newCache());
    byte[] known = cache.getIfPresent(key);
    if (known == null) {
      String referrer =
          new String(
              event.log.buffer(),
              event.log.from(field),
              event.log.length(field),
              StandardCharsets.UTF_8);
      known = fields(referrer, event.site.toString(), day.referrers());
      cache.put(key.copy(), known);
    }
    out.fields(known);
  }

  private static Cache<ByteKey, byte[]> newCache() {
    return Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).build();
  }

  private byte[] fields(String referrer, String site, ReferrerList list) {
    FieldWriter out = new FieldWriter();
    out.text(EnrichedLog.REFERRER_FULL_FIELD_NUMBER, bare(referrer));
    String domain = domain(referrer);
    if (!domain.isEmpty()) {
      out.text(EnrichedLog.REFERRER_DOMAIN_FIELD_NUMBER, domain);
    }
    if (internal(domain, site)) {
      out.text(EnrichedLog.REFERRER_MEDIUM_FIELD_NUMBER, "internal");
    } else {
      Optional<ReferrerList.Source> source = list.find(domain);
      out.text(
          EnrichedLog.REFERRER_MEDIUM_FIELD_NUMBER,
          source.map(ReferrerList.Source::medium).orElse("unknown"));
      source.ifPresent(found -> out.text(EnrichedLog.REFERRER_SOURCE_FIELD_NUMBER, found.name()));
    }
    return out.copy();
  }

  private static String bare(String referrer) {
    int end = referrer.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = referrer.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    return referrer.substring(0, end);
  }

  /**
   * {@code https://user@www.Example.org:80/x} and {@code www.example.org/x} alike -> {@code
   * www.example.org}.
   */
  private static String domain(String referrer) {
    String rest = bare(referrer);
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      rest = rest.substring(scheme + 3);
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.indexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }

  private boolean internal(String domain, String site) {
    return !domain.isEmpty()
        && (withoutWww(domain).equals(withoutWww(site))
            || ownDomains.stream()
                .anyMatch(own -> domain.equals(own) || domain.endsWith("." + own)));
  }

  private static String withoutWww(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }
}
