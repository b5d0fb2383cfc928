// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One site's own definition of a page view -> whether an event is one, if a person made it. */
final class SitePageViews {
  private final List<Glob> paths;
  private final List<Glob> query;
  private final Set<ByteKey> extensions;
  private final List<byte[]> methods;
  private final Set<Integer> statuses;

  SitePageViews(SiteSettings.PageView definition) {
    paths = definition.paths().stream().map(Glob::of).toList();
    query = definition.query().stream().map(Glob::of).toList();
    extensions =
        definition.extensions().stream()
            .map(text -> new ByteKey(text.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.toSet());
    methods =
        definition.methods().stream().map(m -> m.getBytes(StandardCharsets.US_ASCII)).toList();
    statuses = definition.statuses();
  }

  boolean fit(RawEvent event, ByteKey extension, boolean html) {
    int status = (int) event.log.number(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER);
    boolean particular = !paths.isEmpty() || !query.isEmpty() || !extensions.isEmpty();
    return statuses.contains(status)
        && isMethod(event)
        && (particular || html)
        && one(paths, event, RawLog.URL_PATH_FIELD_NUMBER)
        && one(query, event, RawLog.QUERY_FIELD_NUMBER)
        && (extensions.isEmpty() || extensions.contains(extension));
  }

  private boolean isMethod(RawEvent event) {
    for (byte[] method : methods) {
      if (event.log.equals(RawLog.HTTP_REQUEST_METHOD_FIELD_NUMBER, method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean one(List<Glob> patterns, RawEvent event, int field) {
    for (Glob pattern : patterns) {
      if (pattern.matches(event.log.buffer(), event.log.from(field), event.log.to(field))) {
        return true;
      }
    }
    return patterns.isEmpty();
  }
}
