// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.arbiter.decision.Arbiter;
import aqueduct.arbiter.simulation.Simulation.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 51 of the fault catalogue, for thousands of hours. */
class SimulationTest {
  private static Outcome arbiter(long hours, long seed, boolean fenced) {
    return Simulation.run(
        "arbiter",
        new Arbiter(SimulatedWorld.LIMITS),
        SimulatedWorld.SPECS,
        new Span(hours, seed),
        fenced);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void whatever_the_market_does_the_arbiter_keeps_its_promises(long seed) {
    Outcome outcome = arbiter(2_000, seed, true);
    assertThat(outcome.olderWrites()).isZero();
    assertThat(outcome.mostAlive()).isLessThanOrEqualTo(2);
    assertThat(outcome.mostLaunches())
        .isLessThanOrEqualTo(SimulatedWorld.LIMITS.restraint().launchesPerHour());
    assertThat(outcome.mostSpending())
        .isLessThanOrEqualTo(SimulatedWorld.LIMITS.restraint().budgetPerHour());
    assertThat(outcome.longestStale()).isLessThan(Duration.ofHours(1));
    assertThat(outcome.fresh()).isGreaterThan(0.995);
    assertThat(outcome.costShare()).isLessThan(0.25);
  }

  @Test
  void without_the_fencing_token_an_older_writer_would_write_after_a_newer_one() {
    assertThat(arbiter(2_000, 1, false).olderWrites()).isPositive();
  }

  @Test
  void the_same_seed_is_the_same_outcome() {
    assertThat(arbiter(200, 9, true)).isEqualTo(arbiter(200, 9, true));
  }

  @Test
  void the_documents_hold_what_the_simulator_says() throws Exception {
    List<Outcome> outcomes = SimulatedWorld.compare(new Span(10_000, 1));
    SimulationReport report = new SimulationReport(outcomes);
    Path docs = Path.of(System.getProperty("aqueduct.root"), "docs");
    assertThat(Files.readString(docs.resolve("arbiter.md")))
        .as("./aqueduct arbiter simulate --docs docs writes it anew")
        .contains(report.markdown());
    assertThat(Files.readString(docs.resolve("arbiter.svg"))).isEqualTo(report.svg());
    assertThat(outcomes.get(0).fresh())
        .isGreaterThan(outcomes.stream().skip(1).mapToDouble(Outcome::fresh).max().orElseThrow());
  }
}
