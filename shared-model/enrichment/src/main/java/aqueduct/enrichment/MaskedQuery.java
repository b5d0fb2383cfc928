// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * A query as logged -> one, as logged, with the parameters that an enrichment reads alone: those
 * that may travel and those of campaigns, masked, and click ids.
 */
final class MaskedQuery {
  private final Set<ByteKey> kept = new HashSet<>();
  private final Set<ByteKey> clickIds = new HashSet<>();
  private final PersonalData personal;
  private final QueryText query = new QueryText();
  private final ByteKey key = new ByteKey();
  private final ByteSlice value = new ByteSlice();
  private final ByteSlice masked = new ByteSlice();

  MaskedQuery(QuerySettings settings, PrivacySettings privacy) {
    settings.allowed().forEach(name -> kept.add(key(name)));
    settings.campaign().values().forEach(names -> names.forEach(name -> kept.add(key(name))));
    settings.clickIds().keySet().forEach(name -> clickIds.add(key(name)));
    personal = new PersonalData(privacy.masks());
  }

  private static ByteKey key(String name) {
    return new ByteKey(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Valid until the next call; empty where nothing stays. */
  ByteSlice masked(FieldScan log) {
    masked.clear();
    int field = RawLog.QUERY_FIELD_NUMBER;
    query.logged(log.buffer(), log.from(field), log.to(field));
    while (query.next()) {
      key.set(query.buffer(), query.nameFrom(), query.nameTo());
      if (kept.contains(key) || clickIds.contains(key)) {
        parameter();
      }
    }
    return masked;
  }

  private void parameter() {
    if (!masked.isEmpty()) {
      masked.append('&');
    }
    value.clear();
    query.appendValue(value);
    // Nobody masks a click id, and a campaign's parameter is no click id.
    if (kept.contains(key) && personal.mask(value.bytes(), 0, value.length())) {
      masked.append(query.buffer(), query.nameFrom(), query.nameTo() + 1);
      logged(personal.masked());
    } else {
      query.appendLogged(masked);
    }
  }

  /** As a log writes a value that a browser has encoded: each byte that needs it as %25XX. */
  private void logged(ByteSlice text) {
    for (int i = 0; i < text.length(); i++) {
      byte b = text.bytes()[i];
      if (isPlain(b)) {
        masked.append(b);
      } else {
        masked.append('%');
        masked.append('2');
        masked.append('5');
        masked.append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
        masked.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
