// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment.cases;

import java.util.List;

/**
 * What came of a case.
 *
 * @param test the case
 * @param differences what is not as expected; none if it passed
 * @param event what came of the line, as canonical JSON, or what became of it instead
 */
public record CaseResult(Case test, List<Difference> differences, String event) {

  /** One field that is not as expected. */
  public record Difference(String field, String expected, String actual) {}

  public boolean passed() {
    return differences.isEmpty();
  }
}
