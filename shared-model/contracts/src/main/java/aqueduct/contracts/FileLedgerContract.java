// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link FileLedger} promises. */
public abstract class FileLedgerContract {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final LogFile FILE =
      new LogFile("backup", "logs/E1.2026-11-23-09.abc æ+%.gz", "etag", 77);
  private static final FileSummary SUMMARY =
      new FileSummary(
          10, 1, 8, 2, Optional.of(NOW), Optional.of(NOW.plusSeconds(5)), Optional.of("cut"));
  private FileLedger ledger;

  /** An empty ledger. */
  protected abstract FileLedger newLedger();

  @BeforeEach
  void empty() {
    ledger = newLedger();
  }

  private Claim.Claimed claimed(String worker, Instant now) {
    Claim claim = ledger.claim(FILE, worker, now, LEASE);
    assertThat(claim).isInstanceOf(Claim.Claimed.class);
    return (Claim.Claimed) claim;
  }

  @Test
  void a_new_file_is_claimed_by_one_worker() {
    claimed("a", NOW);
    assertThat(ledger.claim(FILE, "b", NOW.plusSeconds(30), LEASE))
        .isEqualTo(new Claim.HeldByAnother("a", NOW.plus(LEASE)));
  }

  @Test
  void of_many_workers_at_once_one_claims() {
    List<Claim> claims =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> ledger.claim(FILE, "w" + i, NOW, LEASE))
            .toList();
    assertThat(claims).filteredOn(Claim.Claimed.class::isInstance).hasSize(1);
  }

  @Test
  void a_file_that_was_done_stays_done() {
    Claim.Claimed claim = claimed("a", NOW);
    assertThat(ledger.finish(claim, SUMMARY, NOW)).isTrue();
    for (Duration later :
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(61),
            Duration.ofHours(2),
            Duration.ofDays(13))) {
      assertThat(ledger.claim(FILE, "b", NOW.plus(later), LEASE))
          .isInstanceOf(Claim.AlreadyDone.class);
    }
    assertThat(ledger.find(FILE.fileId()))
        .contains(new Entry(FILE, State.DONE, claim.version(), 4, Optional.of(SUMMARY)));
  }

  @Test
  void a_dead_workers_file_is_taken_over_and_the_dead_one_is_fenced_out() {
    Claim.Claimed dead = claimed("a", NOW);
    Claim.Claimed heir = claimed("b", NOW.plus(LEASE).plusMillis(1));
    assertThat(heir.version()).isGreaterThan(dead.version());
    assertThat(ledger.extend(dead, NOW.plus(LEASE), LEASE)).isFalse();
    assertThat(ledger.finish(dead, SUMMARY, NOW)).isFalse();
    ledger.release(dead);
    assertThat(ledger.extend(heir, NOW.plus(LEASE), LEASE)).isTrue();
    assertThat(ledger.finish(heir, SUMMARY, NOW)).isTrue();
  }

  @Test
  void a_lease_that_is_extended_is_kept() {
    Claim.Claimed claim = claimed("a", NOW);
    assertThat(ledger.extend(claim, NOW.plusSeconds(50), LEASE)).isTrue();
    assertThat(ledger.claim(FILE, "b", NOW.plusSeconds(100), LEASE))
        .isInstanceOf(Claim.HeldByAnother.class);
  }

  @Test
  void a_claim_that_is_given_up_is_free_at_once() {
    ledger.release(claimed("a", NOW));
    claimed("b", NOW.plusMillis(1));
  }

  @Test
  void finishing_twice_is_harmless() {
    Claim.Claimed claim = claimed("a", NOW);
    assertThat(ledger.finish(claim, SUMMARY, NOW)).isTrue();
    assertThat(ledger.finish(claim, SUMMARY, NOW)).isTrue();
    assertThat(ledger.extend(claim, NOW, LEASE)).isFalse();
  }

  @Test
  void entries_are_all_there() {
    claimed("a", NOW);
    LogFile other = new LogFile("backup", FILE.key(), "another etag", 78);
    ledger.claim(other, "a", NOW, LEASE);
    assertThat(ledger.entries().map(Entry::file)).containsExactlyInAnyOrder(FILE, other);
    assertThat(ledger.find(1)).isEmpty();
  }
}
