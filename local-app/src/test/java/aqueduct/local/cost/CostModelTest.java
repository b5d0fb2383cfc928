// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import aqueduct.topology.Topology;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final double A_DAY = 1.5e9;

  private static Topology topology(String... over) throws IOException {
    Path manifests = Path.of(System.getProperty("aqueduct.root"), "manifests");
    return TopologyReader.read(
        manifests.resolve("topology.yml"),
        Arrays.stream(over).map(manifests.resolve("topologies")::resolve).toList());
  }

  private static double of(CostModel model, String stage) {
    return model.bill().stream()
        .filter(cost -> cost.stage().equals(stage))
        .mapToDouble(Cost::dollars)
        .sum();
  }

  private static double total(CostModel model) {
    return model.bill().stream().mapToDouble(Cost::dollars).sum();
  }

  /** 1.5e9 / 86,400 x 1.44 x 1.25 x 150 B = 4.7 MB/s: 5 shards; 1.5 million records of 6 units. */
  @Test
  void a_stream_costs_its_shards_and_its_units() throws IOException {
    Figures figures = Figures.defaults().with("bytes.raw-per-event", 150);
    assertThat(of(new CostModel(topology(), figures, A_DAY), "raw-logs"))
        .isCloseTo(5 * 24 * 0.015 + 9 * 0.014, within(0.001));
  }

  /** 75,000 vCPU-seconds of 1.769 GB, and 300,000 requests. */
  @Test
  void a_function_on_lambda_costs_its_gigabyte_seconds_and_requests() throws IOException {
    Figures figures = Figures.defaults().with("rates.enrich-per-vcpu", 20_000);
    assertThat(of(new CostModel(topology(), figures, A_DAY), "enrich"))
        .isCloseTo(0.075 * 1.769 * 13.33 + 0.3 * 0.2, within(0.001));
  }

  @Test
  void a_fused_pipe_costs_nothing_and_containers_less_than_lambda_at_steady_load()
      throws IOException {
    CostModel fused = new CostModel(topology("fused.yml"), Figures.defaults(), A_DAY);
    CostModel onEcs = new CostModel(topology("on-ecs.yml"), Figures.defaults(), A_DAY);
    CostModel apart = new CostModel(topology(), Figures.defaults(), A_DAY);

    assertThat(of(fused, "raw-logs")).isZero();
    assertThat(total(fused)).isLessThan(total(apart));
    assertThat(of(onEcs, "enrich")).isLessThan(of(apart, "enrich"));
  }

  /** Four queues are filled for each of 300,000 files, three of them are read. */
  @Test
  void queues_cost_what_is_sent_and_what_is_read() throws IOException {
    assertThat(of(new CostModel(topology(), Figures.defaults(), A_DAY), "queues"))
        .isCloseTo(0.3 * (4 + 3 * 2) * 0.4, within(0.001));
  }

  /** The goal is 15. */
  @Test
  void one_and_a_half_billion_events_cost_some_16_dollars_and_fused_less_than_15()
      throws IOException {
    assertThat(total(new CostModel(topology(), Figures.defaults(), A_DAY))).isBetween(15.0, 17.0);
    assertThat(total(new CostModel(topology("fused.yml"), Figures.defaults(), A_DAY)))
        .isBetween(13.0, 15.0);
    assertThat(total(new CostModel(topology("on-ecs.yml", "fused.yml"), Figures.defaults(), A_DAY)))
        .isBetween(11.0, 14.0);
  }

  @Test
  void an_unknown_figure_is_refused_with_those_that_there_are() {
    assertThatThrownBy(() -> Figures.defaults().with("bytes.row", 1))
        .hasMessageContaining("there is no figure bytes.row")
        .hasMessageContaining("bytes.raw-per-event");
  }

  @Test
  void every_figure_says_where_it_comes_from() {
    assertThat(Figures.defaults().byName().values())
        .isNotEmpty()
        .allSatisfy(figure -> assertThat(figure.source()).isNotBlank());
  }
}
