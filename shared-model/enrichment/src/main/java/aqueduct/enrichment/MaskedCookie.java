// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cookie header as logged -> one with the configured cookies alone: the visitor's and the
 * session's, which enrich makes ids of, and those that may travel, masked.
 */
final class MaskedCookie {
  private final List<byte[]> names = new ArrayList<>();
  private final Set<ByteKey> ids = new HashSet<>();
  private final PersonalData personal;
  private final Cookies cookies = new Cookies();
  private final ByteSlice kept = new ByteSlice();

  MaskedCookie(QuerySettings query, PrivacySettings privacy) {
    Set<String> all = new TreeSet<>(query.cookies());
    all.add(privacy.visitorCookie());
    all.add(privacy.sessionCookie());
    all.remove("");
    all.forEach(name -> names.add(bytes(name)));
    ids.add(new ByteKey(bytes(privacy.visitorCookie())));
    ids.add(new ByteKey(bytes(privacy.sessionCookie())));
    personal = new PersonalData(privacy.masks());
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** Valid until the next call; empty where nothing stays. */
  ByteSlice masked(FieldScan log) {
    kept.clear();
    for (byte[] name : names) {
      if (cookies.find(log, name)) {
        if (!kept.isEmpty()) {
          kept.append(';');
        }
        kept.append(name);
        kept.append('=');
        value(log.buffer(), name);
      }
    }
    return kept;
  }

  private void value(byte[] text, byte[] name) {
    if (!ids.contains(new ByteKey(name)) && personal.mask(text, cookies.from(), cookies.to())) {
      kept.append(personal.masked());
    } else {
      kept.append(text, cookies.from(), cookies.to());
    }
  }
}
