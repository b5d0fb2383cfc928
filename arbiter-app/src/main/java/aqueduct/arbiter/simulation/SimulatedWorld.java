// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import aqueduct.arbiter.decision.Arbiter;
import aqueduct.arbiter.decision.LaunchSpec;
import aqueduct.arbiter.decision.Limits;
import aqueduct.arbiter.decision.Patience;
import aqueduct.arbiter.decision.Policy;
import aqueduct.arbiter.decision.Restraint;
import aqueduct.arbiter.decision.Scale;
import aqueduct.arbiter.decision.SpotRule;
import aqueduct.arbiter.simulation.Simulation.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The world of the report: two kinds of machines in two zones, and the policies to compare. */
public final class SimulatedWorld {
  /** Of a cluster that is never resized. */
  static final int UNITS_FOR_EVERY_SURGE = 8;

  /** $ of a unit (4 cores, 16 GiB) for an hour, the fee of EMR in it; made up, but of that size. */
  private static final double ON_DEMAND = 0.24;

  static final List<LaunchSpec> SPECS =
      List.of(
          spot("general-a", "m6g.xlarge", "a"),
          spot("general-b", "m6g.xlarge", "b"),
          spot("memory-a", "r6g.xlarge", "a"),
          spot("memory-b", "r6g.xlarge", "b"),
          new LaunchSpec("on-demand", List.of("m6g.xlarge", "m5.xlarge"), "", false, ON_DEMAND));

  /** The defaults of the application, in this world. */
  static final Limits LIMITS =
      new Limits(
          Duration.ofMinutes(5),
          new Patience(
              Duration.ofMinutes(20),
              Duration.ofMinutes(12),
              Duration.ofMinutes(4),
              Duration.ofMinutes(5),
              3),
          new Restraint(6, Duration.ofMinutes(1), Duration.ofMinutes(30), 5.0, 2),
          new Scale(
              2,
              8,
              0.7,
              0.35,
              0.5,
              Duration.ofMinutes(20),
              Duration.ofMinutes(10),
              Duration.ofHours(1)),
          new SpotRule(0.9, 0.7, Duration.ofHours(1), Duration.ofHours(2)),
          SPECS);

  private SimulatedWorld() {}

  private static LaunchSpec spot(String name, String type, String zone) {
    return new LaunchSpec(name, List.of(type), zone, true, ON_DEMAND);
  }

  static Map<String, Policy> policies() {
    Map<String, Policy> policies = new LinkedHashMap<>();
    policies.put("arbiter", new Arbiter(LIMITS));
    policies.put("on demand, restarted", NaivePolicies.onDemand(SPECS));
    policies.put("cheapest spot, restarted", NaivePolicies.cheapestSpot(SPECS));
    policies.put("cheapest spot, impatient", NaivePolicies.impatient(SPECS));
    return policies;
  }

  /** Every policy in the same market. */
  public static List<Outcome> compare(Span span) {
    List<Outcome> outcomes = new ArrayList<>();
    policies().forEach((name, policy) -> outcomes.add(Simulation.run(name, policy, SPECS, span)));
    return outcomes;
  }
}
