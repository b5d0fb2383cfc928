// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.enrichment;

import aqueduct.enrichment.Rule;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One rule for the events before they are enriched.
 *
 * @param action drop, keep, mask or normalise
 * @param when path, host, query, referrer, agent, method, mime-type, status or address -> patterns,
 *     of which one must fit; without any, all events
 * @param field path, host, query or referrer: what mask and normalise change
 * @param pattern the texts that they change; {@code *} is any run
 * @param with the new text, with the pattern's stars in it
 * @param lowerCase whether the letters become small
 */
public record RuleProperties(
    Rule.Action action,
    @DefaultValue Map<Rule.Subject, List<String>> when,
    Rule.@Nullable Subject field,
    @DefaultValue("*") String pattern,
    @DefaultValue("*") String with,
    @DefaultValue("false") boolean lowerCase)
    implements Serializable {

  Rule rule(String name) {
    try {
      return new Rule(
          action,
          when,
          field == null
              ? Optional.empty()
              : Optional.of(new Rule.Edit(field, pattern, with, lowerCase)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "aqueduct.enrichment.rules." + name + ": " + e.getMessage(), e);
    }
  }
}
