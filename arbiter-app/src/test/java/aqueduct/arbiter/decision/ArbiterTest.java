// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.decision;

import static aqueduct.arbiter.decision.Views.DEMAND;
import static aqueduct.arbiter.decision.Views.SPOT_A;
import static aqueduct.arbiter.decision.Views.SPOT_B;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.arbiter.decision.Action.End;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Action.Resize;
import aqueduct.arbiter.decision.Action.Resubmit;
import aqueduct.arbiter.decision.Action.Stay;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Work.Busy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArbiterTest {
  private final Views world = new Views();

  @Test
  void without_a_cluster_the_preferred_one_is_launched_with_a_token_above_all_others() {
    world.storeToken = 41;
    Decision decision = world.decide();
    assertThat(decision.action()).isEqualTo(new Launch("launch-42", SPOT_A, 42, 2));
    assertThat(decision.rule()).isEqualTo("no-cluster");
    assertThat(decision.reason()).isEqualTo("there is no cluster: spot-a x 2");
    assertThat(world.decide().action()).as("it is on its way").isEqualTo(new Stay());
  }

  @Test
  void a_list_that_was_refused_is_no_reason_to_launch() {
    world.listed = false;
    assertThat(world.decide().rule()).isEqualTo("not-listed");
    assertThat(world.decide(100).action()).isEqualTo(new Stay());
  }

  @Test
  void a_launch_that_is_never_listed_is_asked_for_again_under_the_same_name() {
    Launch first = (Launch) world.decide().action();
    world.pass(Duration.ofMinutes(4));
    assertThat(world.decide().action()).isEqualTo(new Stay());
    world.pass(Duration.ofMinutes(2));
    assertThat(world.decide().action()).isEqualTo(first);
  }

  @Test
  void the_replacement_comes_first_and_the_old_one_goes_after_the_first_applied_window() {
    Cluster old = world.serving("c1", "spot-a", 1);
    world.clusters.add(old);
    assertThat(world.decide().rule()).isEqualTo("healthy");
    world.pass(Duration.ofMinutes(11));
    assertThat(world.decide(2).action()).as("two bad looks are too few").isEqualTo(new Stay());
    Decision third = world.decide();
    assertThat(third.action()).isEqualTo(new Launch("launch-2", SPOT_A, 2, 2));
    assertThat(third.reason()).contains("its driver is silent for").contains("120 s are allowed");
    Cluster next = Views.starting("c2", "spot-a", 2, world.now);
    world.clusters.add(next);
    assertThat(world.decide(5).action()).as("nobody ends the old one").isEqualTo(new Stay());
    world.replace(
        Views.in(State.RUNNING, next)
            .with(Views.applied(world.now, world.now, Duration.ofSeconds(100))));
    Decision last = world.decide();
    assertThat(last.action()).isEqualTo(new End("c1"));
    assertThat(last.reason())
        .isEqualTo("writer 1 is replaced: c2 has applied a window as writer 2");
  }

  @Test
  void one_good_look_forgets_the_bad_ones() {
    world.clusters.add(world.serving("c1", "spot-a", 1));
    world.pass(Duration.ofMinutes(11));
    world.decide(2);
    world.replace(world.serving("c1", "spot-a", 1));
    world.decide();
    world.pass(Duration.ofMinutes(11));
    assertThat(world.decide(2).action()).isEqualTo(new Stay());
  }

  @Test
  void a_metric_store_that_does_not_answer_is_not_the_clusters_fault() {
    world.clusters.add(
        Views.in(State.RUNNING, Views.starting("c1", "spot-a", 1, world.now.minusSeconds(9999))));
    world.known = false;
    assertThat(world.decide(20).action()).isEqualTo(new Stay());
  }

  @Test
  void a_batch_that_catches_up_may_take_the_limit_of_every_window_in_it() {
    Work before = world.serving("c1", "spot-a", 1).work();
    world.pass(Duration.ofMinutes(50));
    Work busy =
        new Work(
            before.firstApplied(),
            before.lastApplied(),
            Optional.of(world.now),
            Optional.of(new Busy(world.now.minus(Duration.ofMinutes(49)), 12)),
            before.perWindow());
    world.clusters.add(world.serving("c1", "spot-a", 1).with(busy));
    assertThat(world.decide(3).action()).isEqualTo(new Stay());
    world.clusters.clear();
    Work stuck =
        new Work(
            busy.firstApplied(),
            busy.lastApplied(),
            Optional.of(world.now.plusSeconds(90)),
            Optional.of(new Busy(world.now.minus(Duration.ofMinutes(49)), 1)),
            before.perWindow());
    world.clusters.add(world.serving("c1", "spot-a", 1).with(stuck));
    assertThat(world.decide(3).reason()).contains("a batch of 1 windows runs for");
  }

  @Test
  void a_lost_job_is_started_anew_once_and_then_the_cluster_is_replaced() {
    world.clusters.add(Views.in(State.JOBLESS, world.serving("c1", "spot-a", 1)));
    assertThat(world.decide(3).action()).isEqualTo(new Resubmit("c1", 2));
    world.replace(Views.in(State.JOBLESS, world.serving("c1", "spot-a", 2)));
    assertThat(world.decide(3).action()).isEqualTo(new Launch("launch-3", SPOT_A, 3, 2));
  }

  @Test
  void a_launch_that_never_serves_is_ended_and_the_next_way_is_tried_after_a_pause() {
    world.decide();
    world.clusters.add(Views.starting("c1", "spot-a", 1, world.now));
    world.decide();
    world.pass(Duration.ofMinutes(21));
    assertThat(world.decide(3).action()).isEqualTo(new End("c1"));
    world.replace(Views.in(State.ENDED, world.clusters.get(0)));
    Decision waiting = world.decide();
    assertThat(waiting.action()).isEqualTo(new Stay());
    assertThat(waiting.reason()).contains("1 launches in a row came to nothing: none before");
    world.pass(Duration.ofSeconds(61));
    assertThat(world.decide().action()).isEqualTo(new Launch("launch-2", SPOT_B, 2, 2));
  }

  @Test
  void when_all_spot_has_failed_it_is_on_demand_and_after_a_calm_time_spot_again() {
    for (String spec : List.of("spot-a", "spot-b")) {
      Launch launch = (Launch) world.decide().action();
      assertThat(launch.spec().name()).isEqualTo(spec);
      world.clusters.add(
          Views.in(
              State.ENDED, Views.starting("x" + launch.token(), spec, launch.token(), world.now)));
      world.decide();
      world.pass(Duration.ofMinutes(5));
    }
    assertThat(((Launch) world.decide().action()).spec()).isEqualTo(DEMAND);
    world.clusters.clear();
    world.clusters.add(world.serving("c9", "demand", 9));
    assertThat(world.decide().rule()).isEqualTo("replacement-comes");
    world.clusters.add(world.serving("c3", "demand", 3));
    world.decide();
    world.clusters.remove(1);
    assertThat(world.decide().rule()).isEqualTo("healthy");
    world.pass(Duration.ofHours(2));
    world.replace(world.serving("c9", "demand", 9));
    Decision back = world.decide();
    assertThat(back.rule()).isEqualTo("back-to-spot");
    assertThat(back.action()).isEqualTo(new Launch("launch-10", SPOT_A, 10, 2));
  }

  @Test
  void storms_stop_at_the_limit_and_go_on_after_the_hour() {
    int launches = 0;
    for (int minute = 0; minute < 50; minute++) {
      Decision decision = world.decide();
      if (decision.action() instanceof Launch launch) {
        launches++;
        world.clusters.add(
            Views.in(
                State.ENDED, Views.starting("x" + minute, "demand", launch.token(), world.now)));
      }
      world.pass(Duration.ofMinutes(1));
    }
    assertThat(launches).isEqualTo(4);
    world.pass(Duration.ofHours(1));
    assertThat(world.decide().action()).isInstanceOf(Launch.class);
  }

  @Test
  void a_spot_notice_starts_the_replacement_elsewhere_at_once() {
    Cluster c = world.serving("c1", "spot-a", 1);
    world.clusters.add(
        new Cluster(
            c.id(),
            c.launchId(),
            c.spec(),
            c.token(),
            c.state(),
            "",
            c.since(),
            4,
            Optional.of(world.now),
            c.work()));
    Decision decision = world.decide();
    assertThat(decision.rule()).isEqualTo("interruption");
    assertThat(decision.action()).isEqualTo(new Launch("launch-2", SPOT_B, 2, 4));
    assertThat(world.decide(9).action()).as("one replacement is enough").isEqualTo(new Stay());
  }

  @Test
  void a_price_spike_moves_the_cluster_to_the_next_pool_and_a_lower_price_does_not() {
    world.clusters.add(world.serving("c1", "spot-a", 1));
    world.prices.put("spot-a", 0.17);
    assertThat(world.decide().action()).isEqualTo(new Stay());
    world.prices.put("spot-a", 0.19);
    Decision decision = world.decide();
    assertThat(decision.rule()).isEqualTo("cost-spike");
    assertThat(decision.action()).isEqualTo(new Launch("launch-2", SPOT_B, 2, 2));
    assertThat(decision.reason()).contains("spot-a costs $0.190 a unit-hour, on demand $0.200");
  }

  @Test
  void batches_near_the_limit_grow_the_cluster_and_short_ones_drain_it() {
    Cluster c = world.serving("c1", "spot-a", 1);
    Work slow = Views.applied(world.now, world.now, Duration.ofSeconds(270));
    world.clusters.add(c.with(slow));
    assertThat(world.decide().action()).isEqualTo(new Stay());
    world.pass(Duration.ofMinutes(11));
    world.replace(c.with(Views.applied(world.now, world.now, Duration.ofSeconds(270))));
    Decision up = world.decide();
    assertThat(up.action()).isEqualTo(new Resize("c1", 4));
    assertThat(up.reason()).isEqualTo("batches take 270 s on 2 units, near the limit");
    Cluster large =
        new Cluster(
            c.id(),
            c.launchId(),
            c.spec(),
            c.token(),
            c.state(),
            "",
            c.since(),
            4,
            Optional.empty(),
            Views.applied(world.now, world.now, Duration.ofSeconds(60)));
    world.replace(large);
    world.decide();
    world.pass(Duration.ofMinutes(61));
    world.replace(large.with(Views.applied(world.now, world.now, Duration.ofSeconds(60))));
    assertThat(world.decide().action()).isEqualTo(new Resize("c1", 2));
  }

  @Test
  void two_clusters_that_the_budget_does_not_hold_follow_each_other() {
    Limits l = Views.LIMITS;
    Restraint tight = new Restraint(4, Duration.ofMinutes(1), Duration.ofMinutes(30), 0.2, 0);
    Views poor =
        new Views(new Limits(l.batchLimit(), l.patience(), tight, l.scale(), l.spot(), l.specs()));
    poor.clusters.add(Views.in(State.JOBLESS, poor.serving("c1", "spot-a", 1)));
    Decision end = poor.decide(3);
    assertThat(end.action()).isEqualTo(new End("c1"));
    assertThat(end.reason()).contains("the budget does not allow two clusters");
    poor.clusters.clear();
    assertThat(poor.decide().action()).isEqualTo(new Launch("launch-2", SPOT_A, 2, 2));
  }

  @Test
  void the_second_cluster_of_one_launch_is_ended() {
    world.decide();
    world.clusters.add(Views.starting("c1", "spot-a", 1, world.now));
    world.clusters.add(Views.starting("c2", "spot-a", 1, world.now));
    assertThat(world.decide().action()).isEqualTo(new End("c2"));
  }
}
