// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The referrer -> domain, medium, source and what was searched for, and the referrer itself without
 * query and fragment. Where there is none, or no list knows it, the campaign's source says medium
 * and source, if a list knows that; a referrer that nothing knows is unknown. Of a click that was
 * paid for the medium is paid, whoever sent it, but for the site itself.
 */
final class ReferrerEnrichment implements Enrichment {
  private static final int CACHED = 50_000;
  private static final byte[] FREE = {0};
  private static final byte[] PAID = {1};
  private static final byte[] NOTHING = {};
  private static final byte[] UNKNOWN = medium("unknown");
  private static final byte[] ONLY_PAID = medium(ReferrerText.PAID);
  private final ReferrerText referrers;
  private final Map<ReferrerList, Caches> caches = new HashMap<>();
  private final ByteKey key = new ByteKey();
  private final ByteSlice keyBytes = new ByteSlice();

  /** Referrers with the site's host, and sources of campaigns, as encoded. */
  private record Caches(
      Cache<ByteKey, ReferrerText.Facts> referrers, Cache<ByteKey, byte[]> campaigns) {}

  ReferrerEnrichment(SiteSettings sites, PrivacySettings privacy) {
    referrers = new ReferrerText(sites, new PersonalData(privacy.masks()));
  }

  private static byte[] medium(String medium) {
    FieldWriter out = new FieldWriter();
    out.text(EnrichedLog.REFERRER_MEDIUM_FIELD_NUMBER, medium);
    return out.copy();
  }

  @Override
  public String name() {
    return "referrer";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    boolean referred = event.log.length(RawLog.REFERRER_FIELD_NUMBER) > 0;
    if (!referred && event.campaignSource.isEmpty() && !event.paid) {
      return;
    }
    Caches of = caches.computeIfAbsent(day.referrers(), any -> new Caches(newCache(), newCache()));
    if (referred) {
      ReferrerText.Facts facts = facts(event, day.referrers(), of.referrers);
      out.fields(facts.fields());
      if (facts.known()) {
        return;
      }
    }
    byte[] campaign = campaign(event, day.referrers(), of.campaigns);
    if (campaign.length > 0) {
      out.fields(campaign);
    } else if (event.paid) {
      out.fields(ONLY_PAID);
    } else if (referred) {
      out.fields(UNKNOWN);
    }
  }

  private static <T> Cache<ByteKey, T> newCache() {
    return Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).build();
  }

  private ReferrerText.Facts facts(
      RawEvent event, ReferrerList list, Cache<ByteKey, ReferrerText.Facts> cache) {
    int field = RawLog.REFERRER_FIELD_NUMBER;
    int from = event.log.from(field);
    int to = event.log.to(field);
    keyBytes.clear();
    keyBytes.append(event.host);
    keyBytes.append(event.paid ? PAID : FREE);
    keyBytes.append(event.log.buffer(), from, to);
    key.set(keyBytes.bytes(), 0, keyBytes.length());
    ReferrerText.Facts known = cache.getIfPresent(key);
    if (known == null) {
      String referrer = new String(event.log.buffer(), from, to - from, StandardCharsets.UTF_8);
      known = referrers.facts(referrer, event, list);
      cache.put(key.copy(), known);
    }
    return known;
  }

  private byte[] campaign(RawEvent event, ReferrerList list, Cache<ByteKey, byte[]> cache) {
    ByteSlice source = event.campaignSource;
    if (source.isEmpty()) {
      return NOTHING;
    }
    keyBytes.clear();
    keyBytes.append(event.paid ? PAID : FREE);
    keyBytes.append(source);
    key.set(keyBytes.bytes(), 0, keyBytes.length());
    byte[] known = cache.getIfPresent(key);
    if (known == null) {
      FieldWriter out = new FieldWriter();
      Optional<ReferrerList.Source> listed = list.named(source.toString());
      listed.ifPresent(found -> ReferrerText.write(out, found, event.paid));
      known = out.copy();
      cache.put(key.copy(), known);
    }
    return known;
  }
}
