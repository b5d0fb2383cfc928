// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.ShardProgress;
import aqueduct.logs.ShardProgress.Span;
import aqueduct.logs.ShardProgress.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ShardProgress} promises. */
public abstract class ShardProgressContract {
  private static final String SHARD = "realtime-logs/shardId-000000000000";
  private static final Span SPAN =
      new Span("49590338271490256608559692538361571095", "49590338271490256608559692538361571099");
  private ShardProgress progress;

  /** Without any shard. */
  protected abstract ShardProgress newProgress();

  @BeforeEach
  void empty() {
    progress = newProgress();
  }

  @Test
  void a_shard_that_nobody_read_is_new() {
    assertThat(progress.read(SHARD)).isEqualTo(State.NEW);
  }

  @Test
  void a_span_is_planned_then_done_and_both_are_remembered() {
    assertThat(progress.plan(SHARD, State.NEW, SPAN)).isTrue();
    State planned = progress.read(SHARD);
    assertThat(planned).isEqualTo(State.NEW.afterPlan(SPAN));
    assertThat(planned.planned()).contains(SPAN);

    assertThat(progress.done(SHARD, planned)).isTrue();
    State done = progress.read(SHARD);
    assertThat(done).isEqualTo(planned.afterDone());
    assertThat(done.sentUpTo()).contains(SPAN.last());
    assertThat(done.planned()).isEqualTo(Optional.empty());
    assertThat(progress.read("another")).isEqualTo(State.NEW);
  }

  @Test
  void who_saw_an_older_state_writes_nothing() {
    progress.plan(SHARD, State.NEW, SPAN);
    State planned = progress.read(SHARD);
    progress.done(SHARD, planned);
    State done = progress.read(SHARD);

    assertThat(progress.plan(SHARD, State.NEW, SPAN)).isFalse();
    assertThat(progress.done(SHARD, planned)).isFalse();
    assertThat(progress.read(SHARD)).isEqualTo(done);
  }

  @Test
  void of_many_workers_at_once_one_plans() {
    List<Boolean> planned =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> progress.plan(SHARD, State.NEW, new Span("1", "" + (i + 1))))
            .toList();

    assertThat(planned).containsOnlyOnce(true);
  }

  @Test
  void numbers_are_compared_as_numbers() {
    State state = new State(2, Optional.of("100"), Optional.empty());

    assertThat(state.covers("99")).isTrue();
    assertThat(state.covers("100")).isTrue();
    assertThat(state.covers("101")).isFalse();
  }
}
