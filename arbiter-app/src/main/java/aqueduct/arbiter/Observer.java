// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.SpotPrices;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.ClusterView;
import aqueduct.arbiter.decision.Memory;
import aqueduct.arbiter.decision.Work;
import aqueduct.arbiter.decision.Work.Busy;
import aqueduct.metrics.Writers;
import aqueduct.metrics.Writers.Standing;
import aqueduct.metrics.Writers.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend, the metric store and the market -> one view. Whoever does not answer is left out.
 */
final class Observer {
  private static final Logger log = LoggerFactory.getLogger(Observer.class);
  private final ClusterBackend backend;
  private final Writers writers;
  private final SpotPrices prices;
  private final Clock clock;

  Observer(ClusterBackend backend, Writers writers, SpotPrices prices, Clock clock) {
    this.backend = backend;
    this.writers = writers;
    this.prices = prices;
    this.clock = clock;
  }

  ClusterView look(Memory memory) {
    Optional<List<Cluster>> listed = ask("which clusters there are", backend::list);
    Optional<Standing> standing = ask("what has been applied", writers::look);
    Map<String, Double> now = ask("what spot costs", prices::now).orElse(Map.of());
    return new ClusterView(
        clock.instant(),
        listed.isPresent(),
        standing.isPresent(),
        listed.orElse(List.of()).stream().map(c -> c.with(work(standing, c.token()))).toList(),
        standing.map(Standing::newestToken).orElse(0L),
        standing.flatMap(Standing::newestEnd),
        now,
        memory);
  }

  private interface Question<T> {
    T ask();
  }

  private static <T> Optional<T> ask(String what, Question<T> question) {
    try {
      return Optional.of(question.ask());
    } catch (RuntimeException e) {
      log.warn("Not known {}: {}", what, e.getMessage());
      return Optional.empty();
    }
  }

  private Work work(Optional<Standing> standing, long token) {
    return standing
        .flatMap(
            all ->
                all.writers().stream()
                    .filter(writer -> writer.token() == token)
                    .findFirst()
                    .map(writer -> work(writer, ahead(all))))
        .orElse(Work.NONE);
  }

  /** By how much our clock is before the store's. */
  private Duration ahead(Standing standing) {
    return Duration.between(standing.now(), clock.instant());
  }

  private static Work work(Writer writer, Duration ahead) {
    return new Work(
        ours(writer.firstApplied(), ahead),
        ours(writer.lastApplied(), ahead),
        ours(writer.beat(), ahead),
        ours(writer.busySince(), ahead).map(since -> new Busy(since, writer.windows())),
        writer.perWindow());
  }

  private static Optional<Instant> ours(Optional<Instant> theirs, Duration ahead) {
    return theirs.map(time -> time.plus(ahead));
  }
}
