// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.memory.DynamoDbJournal;
import aqueduct.arbiter.memory.Sighting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the acting arbiter last saw. Exit status 1 if no cluster serves, or if no one looks. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the clusters as the acting arbiter last saw them.",
      "Exit status 1 if none of them serves, or if the last look is older than 5 minutes."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct arbiter status",
      "  ./aqueduct arbiter status --format json"
    })
final class ArbiterStatusCommand implements Callable<Integer> {
  private static final Duration OLD = Duration.ofMinutes(5);
  @Mixin private ArbiterTableOption table = new ArbiterTableOption();
  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws IOException {
    Sighting seen =
        table
            .ask(DynamoDbJournal::sighting)
            .orElseThrow(() -> new WorkFailed("No arbiter has looked yet"));
    Table rows =
        new Table(
            "cluster",
            "state",
            "spec",
            "units",
            "writer",
            "first_window",
            "newest_window",
            "detail");
    for (Cluster c : seen.clusters()) {
      rows.add(
          c.id(),
          c.state(),
          c.spec(),
          c.units(),
          c.token(),
          c.work().firstApplied().orElse(null),
          c.work().lastApplied().orElse(null),
          c.detail());
    }
    rows.print(format.format(), System.out);
    Duration age = Duration.between(seen.at(), Instant.now());
    System.err.println(words(seen, age));
    boolean serves =
        seen.clusters().stream()
            .anyMatch(
                c ->
                    (c.state() == State.RUNNING || c.state() == State.DEGRADED)
                        && c.work().firstApplied().isPresent());
    return serves && age.compareTo(OLD) < 0 ? 0 : 1;
  }

  private static String words(Sighting seen, Duration age) {
    return String.format(
        Locale.ROOT,
        "%s looked %d s ago (tenure %d%s); metrics up to %s; $%.2f an hour%n%s%s%s",
        seen.arbiter(),
        age.toSeconds(),
        seen.fence(),
        seen.dryRun() ? ", dry run" : "",
        unknown(seen.newest().orElse(null)),
        seen.dollarsPerHour(),
        seen.listed() ? "" : "The backend did not answer. ",
        seen.progressKnown() ? "" : "The metric store did not answer. ",
        seen.verdict());
  }

  private static String unknown(@Nullable Instant time) {
    return time == null ? "unknown" : time.toString();
  }
}
