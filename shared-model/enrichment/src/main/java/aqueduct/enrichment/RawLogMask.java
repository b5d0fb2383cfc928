// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.EventMask;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;

/**
 * A RawLog -> the RawLog with no more of its viewer than an EnrichedLog may have, for those who
 * want nothing else stored beyond the raw backup. The client's address is found and cut; port,
 * x-forwarded-for and all cookies but the configured ones go; of the query stay the parameters that
 * an enrichment reads, of the referrer what stands before its query; e-mail addresses and tokens
 * are masked in paths, referrers, values, function data and unknown columns. Pure, and the same
 * when done twice.
 */
public final class RawLogMask implements EventMask {
  private final RawEvent event;
  private final PrivacySettings privacy;
  private final PersonalData personal;
  private final MaskedCookie cookie;
  private final MaskedQuery query;
  private final DroppedColumns dropped;
  private final CutAddress cut = new CutAddress();
  private final ExtraEntry entry = new ExtraEntry();
  private final FieldWriter out = new FieldWriter();

  public RawLogMask(EnrichmentSettings settings) {
    privacy = settings.privacy();
    event = new RawEvent(new ClientAddress(privacy.trustedProxies()));
    personal = new PersonalData(privacy.masks());
    cookie = new MaskedCookie(settings.query(), privacy);
    query = new MaskedQuery(settings.query(), privacy);
    dropped = new DroppedColumns(privacy.droppedColumns());
  }

  @Override
  public void mask(byte[] message, int from, int to) {
    event.scan(message, from, to);
    out.reset();
    for (int i = 0; i < event.log.fields(); i++) {
      int number = event.log.numberAt(i);
      switch (number) {
        case RawLog.CLIENT_IP_FIELD_NUMBER -> address();
        case RawLog.X_FORWARDED_FOR_FIELD_NUMBER, RawLog.CLIENT_PORT_FIELD_NUMBER -> {}
        case RawLog.COOKIE_FIELD_NUMBER -> text(number, cookie.masked(event.log));
        case RawLog.QUERY_FIELD_NUMBER -> text(number, query.masked(event.log));
        case RawLog.REFERRER_FIELD_NUMBER -> referrer();
        case RawLog.URL_PATH_FIELD_NUMBER, RawLog.CDN_FUNCTION_DATA_FIELD_NUMBER ->
            masked(number, event.log.buffer(), event.log.from(number), event.log.to(number));
        case RawLog.EXTRA_FIELD_NUMBER -> column(i);
        default -> out.fields(event.log.buffer(), event.log.startAt(i), event.log.endAt(i));
      }
    }
  }

  @Override
  public byte[] buffer() {
    return out.buffer();
  }

  @Override
  public int length() {
    return out.length();
  }

  private void address() {
    if (event.client.version() == 0) {
      return;
    }
    if (event.client.version() == 4) {
      cut.v4(event.client.v4(), privacy.bitsV4());
    } else {
      cut.v6(event.client.groups(), privacy.bitsV6());
    }
    out.text(RawLog.CLIENT_IP_FIELD_NUMBER, cut.bytes(), 0, cut.length());
  }

  private void referrer() {
    int field = RawLog.REFERRER_FIELD_NUMBER;
    int from = event.log.from(field);
    String sent =
        new String(event.log.buffer(), from, event.log.length(field), StandardCharsets.UTF_8);
    byte[] bare = ReferrerText.bare(sent).getBytes(StandardCharsets.UTF_8);
    masked(field, bare, 0, bare.length);
  }

  private void masked(int field, byte[] text, int from, int to) {
    if (personal.mask(text, from, to)) {
      text(field, personal.masked());
    } else if (from < to) {
      out.text(field, text, from, to);
    }
  }

  private void text(int field, ByteSlice text) {
    if (!text.isEmpty()) {
      out.anyText(field, text);
    }
  }

  /** An entry of {@code extra}. */
  private void column(int i) {
    entry.read(event.log, i);
    byte[] log = event.log.buffer();
    if (dropped.has(log, entry.keyFrom(), entry.keyTo())) {
      return;
    }
    if (personal.mask(log, entry.valueFrom(), entry.valueTo())) {
      byte[] key = java.util.Arrays.copyOfRange(log, entry.keyFrom(), entry.keyTo());
      out.entry(RawLog.EXTRA_FIELD_NUMBER, key, personal.masked());
    } else {
      out.fields(log, event.log.startAt(i), event.log.endAt(i));
    }
  }
}
