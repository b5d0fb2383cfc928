// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the loop has not finished a turn for a while: then no one watches the clusters. */
final class ArbiterHealth implements HealthIndicator {
  private static final int TURNS = 10;
  private final ArbiterMeters meters;
  private final Duration every;

  ArbiterHealth(ArbiterMeters meters, Duration every) {
    this.meters = meters;
    this.every = every;
  }

  @Override
  public Health health() {
    boolean turns = meters.sinceTurn().compareTo(every.multipliedBy(TURNS)) < 0;
    return (turns ? Health.up() : Health.down())
        .withDetail("acting", meters.isActing())
        .withDetail("seconds_since_turn", meters.sinceTurn().toSeconds())
        .build();
  }
}
