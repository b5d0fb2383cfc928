// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.local.system.Topology;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionRulesTest {
  private static final Instant NOW = Instant.parse("2026-04-10T00:00:00Z");

  @Test
  void the_topology_has_a_rule_for_each_store() throws IOException {
    assertThat(RetentionRules.of(Topology.environment(Optional.empty())))
        .isEqualTo(new RetentionRules("400d", "90d", "forever", 3));
  }

  @Test
  void what_is_older_than_the_rule_goes_and_forever_never_ends() {
    assertThat(RetentionRules.limit("raw", "100d", NOW)).isEqualTo("2025-12-31T00:00:00Z");
    assertThat(RetentionRules.limit("raw", "forever", NOW)).isEqualTo(Instant.MIN);
  }

  @Test
  void a_rule_that_would_do_harm_is_refused_by_name() {
    assertThatThrownBy(() -> RetentionRules.limit("raw", "0d", NOW))
        .hasMessageContaining("aqueduct.retention.raw 0d");
    assertThatThrownBy(() -> RetentionRules.limit("rejections", "soon", NOW))
        .hasMessageContaining("such as 90d, or forever");
    assertThatThrownBy(() -> new RetentionRules("400d", "90d", "300d", 3))
        .hasMessageContaining("aqueduct.retention.lake 300d is shorter than raw, 400d");
    assertThatThrownBy(() -> new RetentionRules("forever", "90d", "300d", 3))
        .hasMessageContaining("shorter than raw");
  }
}
