// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The parts that clusters play. The one that serves has the newest token of those that have applied
 * a window, since the metric store refuses all older ones; what has a newer token is coming; what
 * has an older one, and the second of two of one launch, is left over.
 *
 * @param serving whose windows count
 * @param coming its replacement, or the first
 * @param leftOver to be ended
 */
record Situation(
    List<Cluster> alive,
    Optional<Cluster> serving,
    Optional<Cluster> coming,
    List<Cluster> leftOver) {
  private static final Comparator<Cluster> BY_TOKEN =
      Comparator.comparingLong(Cluster::token)
          .thenComparing(Comparator.comparing(Cluster::id).reversed());

  static Situation of(List<Cluster> clusters) {
    List<Cluster> alive = clusters.stream().filter(Cluster::alive).toList();
    Optional<Cluster> serving = serving(clusters);
    long floor = serving.map(Cluster::token).orElse(-1L);
    Optional<Cluster> coming =
        alive.stream().filter(c -> !c.serving() && c.token() > floor).max(BY_TOKEN);
    List<Cluster> leftOver =
        alive.stream()
            .filter(c -> serving.filter(c::equals).isEmpty() && coming.filter(c::equals).isEmpty())
            .sorted(BY_TOKEN)
            .toList();
    return new Situation(alive, serving, coming, leftOver);
  }

  static Optional<Cluster> serving(List<Cluster> clusters) {
    return clusters.stream().filter(Cluster::serving).max(BY_TOKEN);
  }
}
