// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment.cases;

import aqueduct.logs.CanonicalJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One log line and what must come of it.
 *
 * @param name of the case
 * @param fields the names of the line's columns, as a {@code #Fields} line has them; empty: those
 *     of standard logs v1
 * @param line as a log has it; its columns parted by tabs
 * @param expected canonical field -> value, null where the field must be absent; or {@code
 *     filtered} -> name of the rule; or {@code rejected} -> reason
 */
public record Case(String name, String fields, String line, Map<String, Object> expected) {
  static final String FILTERED = "filtered";
  static final String REJECTED = "rejected";

  /** Throws IllegalArgumentException for a name of {@code expected} that no event has. */
  public Case {
    for (String field : expected.keySet()) {
      if (!field.equals(FILTERED) && !field.equals(REJECTED) && !CanonicalJson.isOfEvents(field)) {
        throw new IllegalArgumentException(
            "'" + name + "' expects something of '" + field + "', which no event has");
      }
    }
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
  }
}
