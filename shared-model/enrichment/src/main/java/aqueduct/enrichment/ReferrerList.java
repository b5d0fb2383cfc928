// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Referring domains -> medium, source, and the parameters that hold what was searched for. The
 * longest listed suffix of a domain counts; of entries with a path, those whose path begins so.
 */
final class ReferrerList {

  /** What a domain is listed as. */
  record Source(String medium, String name, List<String> terms) {}

  private record Entry(String path, Source source) {}

  private static final List<String> USUAL_TERMS = List.of("q", "query", "search");
  private final Map<String, List<Entry>> domains = new HashMap<>();
  private final Map<String, Source> names = new HashMap<>();

  /** The list of a day for which there is none. */
  static ReferrerList none() {
    return new ReferrerList();
  }

  /**
   * Reads a list in the form of referrers.yml: medium -> source -> domains, or -> domains and the
   * parameters with the search terms.
   */
  static ReferrerList read(InputStream yaml) throws IOException {
    Map<?, ?> root = ListFile.read(yaml);
    var unused = ListFile.version(root);
    ReferrerList list = new ReferrerList();
    for (Object medium : root.keySet()) {
      if (!"version".equals(medium)) { // YAML has keys that are null
        Map<?, ?> sources = ListFile.map(root, String.valueOf(medium));
        for (Object name : sources.keySet()) {
          list.add(String.valueOf(medium), String.valueOf(name), sources);
        }
      }
    }
    return list;
  }

  private void add(String medium, String name, Map<?, ?> sources) throws CorruptDatasetException {
    boolean detailed = sources.get(name) instanceof Map<?, ?>;
    Map<?, ?> details = detailed ? ListFile.map(sources, name) : Map.of();
    List<?> hosts = detailed ? ListFile.list(details, "domains") : ListFile.list(sources, name);
    List<String> terms =
        detailed && details.containsKey("terms")
            ? ListFile.list(details, "terms").stream().map(String::valueOf).toList()
            : medium.equals("search") ? USUAL_TERMS : List.of();
    Source source = new Source(medium, name, terms);
    names.putIfAbsent(name.toLowerCase(Locale.ROOT), source);
    for (Object host : hosts) {
      String text = String.valueOf(host);
      int slash = text.indexOf('/');
      List<Entry> entries =
          domains.computeIfAbsent(
              slash < 0 ? text : text.substring(0, slash), any -> new ArrayList<>());
      entries.add(new Entry(slash < 0 ? "" : text.substring(slash), source));
      entries.sort((a, b) -> b.path.length() - a.path.length());
    }
    if (domains.size() > ListFile.MOST_ENTRIES) {
      throw new CorruptDatasetException("it has more domains than " + ListFile.MOST_ENTRIES);
    }
  }

  /** What the domain, in small letters, is listed as. */
  Optional<Source> find(String domain, String path) {
    for (String suffix = domain; !suffix.isEmpty(); suffix = afterDot(suffix)) {
      Source source = find(domains.get(suffix), path);
      if (source == null) {
        source = find(domains.get(anyTopLevel(suffix, 1)), path);
      }
      if (source == null) {
        source = find(domains.get(anyTopLevel(suffix, 2)), path);
      }
      if (source != null) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Source find(@Nullable List<Entry> entries, String path) {
    if (entries == null) {
      return null;
    }
    for (Entry entry : entries) {
      if (path.startsWith(entry.path)) {
        return entry.source;
      }
    }
    return null;
  }

  /**
   * What a {@code utm_source} stands for: a listed domain ({@code chatgpt.com}), the name of a
   * source ({@code DuckDuckGo}), or the name before {@code .com} ({@code facebook}).
   */
  Optional<Source> named(String campaignSource) {
    String small = campaignSource.toLowerCase(Locale.ROOT).strip();
    Source source = names.get(small);
    if (source != null) {
      return Optional.of(source);
    }
    Optional<Source> listed = find(small, "");
    return listed.isPresent() || small.indexOf('.') >= 0 ? listed : find(small + ".com", "");
  }

  private static String afterDot(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }

  /**
   * {@code images.google.dk} as {@code images.google.*}, and with two labels {@code google.co.uk}
   * as {@code google.*}; empty if its end is no top-level domain of so many labels.
   */
  private static String anyTopLevel(String domain, int labels) {
    int dot = domain.lastIndexOf('.');
    if (labels == 2 && dot > 0 && domain.length() - dot == 3) {
      int second = domain.lastIndexOf('.', dot - 1);
      dot = dot - second <= 4 ? second : -1;
    } else if (labels == 2) {
      return "";
    }
    return dot <= 0 ? "" : domain.substring(0, dot) + ".*";
  }
}
