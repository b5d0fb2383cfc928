// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Site and path -> the group of content that the settings put it in. Of the patterns that fit, the
 * one with most letters counts; of equal ones, the group that comes first by name.
 */
final class ContentEnrichment implements Enrichment {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Group(byte[] name, byte[] site, Glob path) {}

  private final Group[] groups;

  ContentEnrichment(SiteSettings settings) {
    List<Group> groups = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : settings.contentGroups().entrySet()) {
      group.getValue().forEach(pattern -> groups.add(group(group.getKey(), pattern)));
    }
    groups.sort(Comparator.comparing(group -> -group.path.literals() - group.site.length));
    this.groups = groups.toArray(Group[]::new);
  }

  private static Group group(String name, String pattern) {
    int slash = pattern.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "content group "
              + name
              + " has the pattern "
              + pattern
              + ": must be like /news/* or example.org/news/*");
    }
    return new Group(
        name.getBytes(StandardCharsets.UTF_8),
        pattern.substring(0, slash).getBytes(StandardCharsets.UTF_8),
        Glob.of(pattern.substring(slash)));
  }

  @Override
  public String name() {
    return "content";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    int field = RawLog.URL_PATH_FIELD_NUMBER;
    for (Group group : groups) {
      if (isOf(event.site, group.site)
          && group.path.matches(event.log.buffer(), event.log.from(field), event.log.to(field))) {
        out.text(EnrichedLog.CONTENT_GROUP_FIELD_NUMBER, group.name);
        return;
      }
    }
  }

  private static boolean isOf(ByteSlice site, byte[] wanted) {
    return wanted.length == 0
        || Arrays.equals(site.bytes(), 0, site.length(), wanted, 0, wanted.length);
  }
}
