// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Referring domains -> medium and source. The longest listed suffix of a domain counts. */
final class ReferrerList {

  /** What a domain is listed as. */
  record Source(String medium, String name) {}

  private static final List<String> MEDIA = List.of("search", "social", "email", "chatbot");
  private final Map<String, Source> domains;

  private ReferrerList(Map<String, Source> domains) {
    this.domains = domains;
  }

  /** Reads a list in the form of referrers.yml. */
  static ReferrerList read(InputStream yaml) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Map<?, ?> root = loaded instanceof Map<?, ?> map ? map : Map.of();
    Map<String, Source> domains = new HashMap<>();
    for (String medium : MEDIA) {
      if (root.get(medium) instanceof Map<?, ?> sources) {
        sources.forEach(
            (name, list) ->
                ((List<?>) list)
                    .forEach(
                        domain ->
                            domains.put(
                                String.valueOf(domain), new Source(medium, String.valueOf(name)))));
      }
    }
    return new ReferrerList(domains);
  }

  /** What the domain, in small letters, is listed as. */
  Optional<Source> find(String domain) {
    for (String suffix = domain; !suffix.isEmpty(); suffix = afterDot(suffix)) {
      Source source = domains.get(suffix);
      if (source == null) {
        source = domains.get(anyTopLevel(suffix));
      }
      if (source != null) {
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  private static String afterDot(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }

  /**
   * {@code google.co.uk} and {@code google.dk} as {@code google.*}: a name before a top-level
   * domain of one or two short labels.
   */
  private static String anyTopLevel(String domain) {
    int dot = domain.indexOf('.');
    String rest = dot < 0 ? "" : domain.substring(dot + 1);
    int labels = rest.isEmpty() ? 0 : rest.split("\\.", -1).length;
    return labels == 1 || (labels == 2 && rest.length() <= 6)
        ? domain.substring(0, dot) + ".*"
        : "";
  }
}
