// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.notice.ReplayOrder.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayOrderTest {

  @Test
  void every_scope_is_read_as_it_was_written() {
    for (ReplayOrder order :
        List.of(
            new ReplayOrder("b", "k with \"quotes\" and é", Scope.CHUNKS, List.of()),
            new ReplayOrder("b", "k", Scope.LINES, List.of(3, 17)),
            new ReplayOrder("b", "k", Scope.ALL_LINES, List.of()))) {
      assertThat(ReplayOrder.read(order.toJson().getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(order);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"bucket\":\"b\"}",
        "{\"bucket\":\"b\",\"key\":\"k\",\"lines\":[]}"
      })
  void what_is_no_order_is_refused(String body) {
    assertThatThrownBy(() -> ReplayOrder.read(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
