// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.contracts.Events;
import aqueduct.contracts.MetricStoreContract;
import aqueduct.logs.ChunkId;
import aqueduct.metrics.AppliedChunk;
import aqueduct.metrics.Cube;
import aqueduct.metrics.Grain;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricQuery;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.DynamoDb;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbMetricStoreTest extends MetricStoreContract {
  private static final Instant WINDOW = Instant.parse("2026-11-23T10:00:00Z");
  private static DynamoDb dynamo;
  private static int tables;

  @BeforeAll
  static void start() throws Exception {
    dynamo = DynamoDb.start();
  }

  @AfterAll
  static void stop() throws Exception {
    dynamo.close();
  }

  private static DynamoDbMetricStore on(DynamoDbClient client, Clock clock) {
    return new DynamoDbMetricStore(client, "metrics-" + tables, ReportSpec.defaults(), clock);
  }

  @Override
  protected MetricStore newStore() {
    tables++;
    DynamoDbMetricStore store = on(dynamo.client(), Clock.systemUTC());
    store.createTable();
    store.createTable(); // may be repeated
    return store;
  }

  private static Iterator<MetricDelta> deltas(int events) {
    Cube cube = new Cube(ReportSpec.defaults());
    Events.enriched(1, events, DAY)
        .forEach(event -> cube.add(event.toByteArray(), 0, event.getSerializedSize()));
    return cube.deltas();
  }

  private static Instant start(int number) {
    return WINDOW.plus(Duration.ofMinutes(5L * number));
  }

  private static Applied apply(MetricStore store, int number) {
    String part = store.stage(start(number), "a", deltas(50));
    AppliedChunk chunk = new AppliedChunk(new ChunkId(7, number), number, 50, 50, 0, 0);
    return store.apply(
        new WindowCommit(
            start(number),
            start(number + 1),
            "a",
            0,
            List.of(part),
            List.of(chunk),
            Map.of(8L, 1L)));
  }

  private static long requests(MetricStore store) {
    return store
        .query(
            new MetricQuery(
                "traffic",
                DAY,
                DAY.plus(Duration.ofDays(1)),
                Grain.ALL,
                List.of(),
                Map.of("site", "site-0.example")))
        .stream()
        .mapToLong(row -> row.measures().requests())
        .sum();
  }

  /** Kills the writer before and after each of its calls; another goes on in its place. */
  @Test
  void a_writer_that_dies_at_any_call_loses_nothing_and_counts_nothing_twice() {
    MetricStore control = newStore();
    apply(control, 0);
    long once = requests(control);
    int steps = 0;
    for (boolean effect : new boolean[] {false, true}) {
      for (int call = 0; ; call++) {
        MetricStore heir = newStore();
        DyingClient dying = new DyingClient(dynamo.client(), call, effect);
        boolean died = false;
        try {
          apply(on(dying.client(), Clock.systemUTC()), 0);
        } catch (DyingClient.Died e) {
          died = true;
        }
        apply(heir, 0); // the window again, as a new driver does
        assertThat(requests(heir)).as("call %s, effect %s", call, effect).isEqualTo(once);
        assertThat(heir.progress(7)).get().extracting(f -> f.chunks()).isEqualTo(1);
        assertThat(heir.progress(8)).get().extracting(f -> f.duplicateLines()).isEqualTo(1L);
        assertThat(apply(heir, 1)).isEqualTo(Applied.APPLIED);
        assertThat(requests(heir)).isEqualTo(2 * once);
        steps++;
        if (!died) {
          break;
        }
      }
    }
    assertThat(steps).isGreaterThan(20);
  }

  @Test
  void a_merge_that_dies_at_any_call_changes_no_answer() {
    MetricStore store = newStore();
    apply(store, 0);
    long once = requests(store);
    int windows = 1;
    for (boolean effect : new boolean[] {false, true}) {
      boolean died = true;
      for (int call = 0; died; call++) {
        DyingClient dying = new DyingClient(dynamo.client(), call, effect);
        long sequence = windows;
        died = dies(() -> traffic(dying.client()).merge(sequence));
        assertThat(requests(store)).isEqualTo(windows * once);
        apply(store, windows++); // the next merge has something to do
        assertThat(requests(store)).isEqualTo(windows * once);
      }
    }
    assertThat(windows).isGreaterThan(12);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (DyingClient.Died e) {
      return true;
    }
  }

  /** The one hour that the events of these tests are in. */
  private static Hour traffic(DynamoDbClient client) {
    ItemTable table = new ItemTable(client, "metrics-" + tables);
    Windows windows = new Windows(table, new Parts(table, Clock.systemUTC()), Clock.systemUTC());
    return new Hour(table, windows, Clock.systemUTC(), Cells.partition("traffic", DAY));
  }

  @Test
  void merged_rows_replace_those_of_their_windows() {
    MetricStore store = newStore();
    for (int number = 0; number < 12; number++) {
      apply(store, number);
    }
    long before = requests(store);
    int rows = rows();
    apply(store, 12);
    assertThat(rows()).isLessThan(rows / 3);
    assertThat(requests(store)).isEqualTo(before / 12 * 13);
  }

  private static int rows() {
    return new ItemTable(dynamo.client(), "metrics-" + tables)
        .query(Cells.partition("traffic", DAY), "")
        .size();
  }

  @Test
  void what_was_staged_and_never_named_is_swept_after_two_days() {
    newStore();
    Clock old = Clock.fixed(Instant.now().minus(Duration.ofDays(3)), ZoneOffset.UTC);
    on(dynamo.client(), old).stage(start(90), "dead", deltas(50));
    int orphans = rows();
    DynamoDbMetricStore store = on(dynamo.client(), Clock.systemUTC());
    for (int number = 0; number < 13; number++) {
      apply(store, number);
    }
    assertThat(orphans).isEqualTo(3);
    assertThat(rows()).isEqualTo(3 + 1 + 3); // the base's pages, its pointer, the newest window
  }

  @Test
  void a_part_that_was_staged_too_long_ago_is_gone() {
    newStore();
    Clock old = Clock.fixed(Instant.now().minus(Duration.ofDays(2)), ZoneOffset.UTC);
    String part = on(dynamo.client(), old).stage(start(0), "a", deltas(5));
    DynamoDbMetricStore store = on(dynamo.client(), Clock.systemUTC());
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                store.apply(
                    new WindowCommit(
                        start(0), start(1), "a", 0, List.of(part), List.of(), Map.of())))
        .hasMessageContaining("gone");
  }
}
