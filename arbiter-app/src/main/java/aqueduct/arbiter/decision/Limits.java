// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.time.Duration;
import java.util.List;

/**
 * What decisions are measured against.
 *
 * @param batchLimit what a batch may take: 300 s
 * @param specs ways to start a cluster, the preferred first
 */
public record Limits(
    Duration batchLimit,
    Patience patience,
    Restraint restraint,
    Scale scale,
    SpotRule spot,
    List<LaunchSpec> specs) {

  public Limits {
    specs = List.copyOf(specs);
    if (specs.isEmpty()) {
      throw new IllegalArgumentException(
          "no launch spec: name at least one way to start a cluster");
    }
    long names = specs.stream().map(LaunchSpec::name).distinct().count();
    if (names < specs.size()) {
      throw new IllegalArgumentException("launch specs: each needs a name of its own");
    }
  }

  /** The spec of that name, or the last resort for one that is no longer configured. */
  public LaunchSpec spec(String name) {
    return specs.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElse(specs.get(specs.size() - 1));
  }
}
