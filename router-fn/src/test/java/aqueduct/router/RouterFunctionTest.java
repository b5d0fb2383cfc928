// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.contracts.InMemoryRecordSink;
import aqueduct.contracts.Rejections;
import aqueduct.logs.LogFile;
import aqueduct.logs.notice.NoticeReader;
import aqueduct.logs.notice.ObjectNotice;
import aqueduct.wire.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.support.MessageBuilder;

/** Row 11 of the fault catalogue, and rows 1, 2 and 8 where they touch the router. */
class RouterFunctionTest {
  private static final RouterProperties.Environment PRODUCTION =
      environment("production", 100, true);
  private static final RouterProperties.Environment DEVELOPMENT =
      environment("development", 100, false);

  private final Map<String, List<String>> sent = new HashMap<>();
  private final Set<String> down = new HashSet<>();
  private final Map<String, Integer> tries = new HashMap<>();
  private final InMemoryRecordSink sink = new InMemoryRecordSink();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void a_notice_of_a_kept_file_reaches_both_environments_in_the_bare_shape() {
    RouterFunction router = router(Map.of("production", PRODUCTION, "development", DEVELOPMENT));
    send(router, s3Event("ObjectCreated:Copy", "backup", "logs/a+b%2Bc.gz"));
    String bare =
        "{\"bucket\":\"backup\",\"key\":\"logs/a b+c.gz\",\"etag\":\"e1\",\"size\":7,\"sequencer\":\"0A\"}";
    assertThat(sent).isEqualTo(Map.of("production", List.of(bare), "development", List.of(bare)));
    assertThat(NoticeReader.read(bare.getBytes(StandardCharsets.UTF_8)).toString())
        .contains("logs/a b+c.gz");
    assertThat(count("production", "sent")).isEqualTo(1);
    assertThat(count("development", "sent")).isEqualTo(1);
  }

  @Test
  void only_environments_that_are_configured_and_enabled_are_told() {
    RouterProperties.Environment off =
        new RouterProperties.Environment("staging", false, 100, true, 3);
    send(router(Map.of("production", PRODUCTION, "staging", off)), kept("k"));
    assertThat(sent).containsOnlyKeys("production");
  }

  @Test
  void
      a_development_queue_that_is_down_is_given_up_after_its_tries_and_production_has_the_notice() {
    down.add("development");
    RouterFunction router = router(Map.of("production", PRODUCTION, "development", DEVELOPMENT));
    send(router, kept("logs/k"));
    assertThat(sent.get("production")).hasSize(1);
    assertThat(tries).containsEntry("development", 3).containsEntry("production", 1);
    assertThat(count("development", "given_up")).isEqualTo(1);
    Rejection rejection = Rejections.in(sink).get(0);
    assertThat(rejection.getStage()).isEqualTo("router");
    assertThat(rejection.getReason()).isEqualTo("environment_unreachable");
    assertThat(rejection.getPipe()).isEqualTo("development");
    assertThat(rejection.getFileId()).isEqualTo(new LogFile("backup", "logs/k", "", 0).fileId());
    assertThat(rejection.getData().toStringUtf8())
        .as("what to send when the queue is back")
        .isEqualTo(ObjectNotice.of("backup", "logs/k").toJson());
  }

  @Test
  void while_development_is_paused_it_costs_production_no_try_at_all_and_then_it_is_tried_again() {
    down.add("development");
    RouterFunction router = router(Map.of("production", PRODUCTION, "development", DEVELOPMENT));
    for (int i = 0; i < 100; i++) {
      send(router, kept("logs/" + i));
    }
    assertThat(tries).containsEntry("development", 3);
    assertThat(sent.get("production")).hasSize(100);
    assertThat(Rejections.in(sink)).hasSize(100);
    now = now.plus(Duration.ofSeconds(31));
    down.clear();
    send(router, kept("logs/again"));
    assertThat(sent.get("development")).hasSize(1);
  }

  @Test
  void a_production_queue_that_is_down_brings_the_message_again_until_it_has_it() {
    down.add("production");
    RouterFunction router = router(Map.of("production", PRODUCTION, "development", DEVELOPMENT));
    assertThatThrownBy(() -> send(router, kept("k")))
        .isInstanceOf(RouterFailedException.class)
        .hasMessageContaining("production");
    assertThat(sent.get("development")).as("need not wait for production").hasSize(1);
    down.clear();
    send(router, kept("k"));
    assertThat(sent.get("production")).hasSize(1);
    assertThat(sent.get("development")).as("at least once").hasSize(2);
    assertThat(count("production", "failed")).isEqualTo(1);
  }

  @Test
  void required_environments_are_served_before_the_others() {
    List<String> order = new ArrayList<>();
    Map<String, RouterProperties.Environment> environments = new LinkedHashMap<>();
    environments.put("a-dev", environment("a-dev", 100, false));
    environments.put("z-prod", environment("z-prod", 100, true));
    RouterFunction router =
        new RouterFunction(
            properties(environments), (binding, body) -> order.add(binding), sink, meters, clock());
    send(router, kept("k"));
    assertThat(order).containsExactly("z-prod", "a-dev");
  }

  @Test
  void a_sample_is_the_same_files_every_time_and_a_larger_one_contains_a_smaller_one() {
    Map<String, RouterProperties.Environment> environments =
        Map.of(
            "ten", environment("ten", 10, false),
            "again", environment("again", 10, false),
            "fifty", environment("fifty", 50, false),
            "none", environment("none", 0, false),
            "all", environment("all", 100, false));
    RouterFunction router = router(environments);
    for (int i = 0; i < 5_000; i++) {
      send(router, kept("logs/E1.2026-11-23-10." + i + ".gz"));
    }
    assertThat(sent.get("ten")).isEqualTo(sent.get("again"));
    assertThat(sent.get("ten").size()).isBetween(400, 600);
    assertThat(sent.get("fifty").size()).isBetween(2_300, 2_700);
    assertThat(sent.get("fifty")).containsAll(sent.get("ten"));
    assertThat(sent.get("all")).hasSize(5_000);
    assertThat(sent).doesNotContainKey("none");
    assertThat(count("ten", "sampled_out") + count("ten", "sent")).isEqualTo(5_000);
  }

  @Test
  void of_several_records_all_are_routed_also_behind_one_that_fails() {
    RouterFunction router =
        new RouterFunction(
            properties(Map.of("production", PRODUCTION)),
            (binding, body) -> {
              if (body.contains("bad")) {
                throw new IllegalStateException("refused");
              }
              sent.computeIfAbsent(binding, b -> new ArrayList<>()).add(body);
            },
            sink,
            meters,
            clock());
    String body =
        "{\"Records\":["
            + record("ObjectCreated:Put", "backup", "bad")
            + ","
            + record("ObjectRemoved:Delete", "backup", "gone")
            + ","
            + record("ObjectCreated:Put", "backup", "good")
            + "]}";
    assertThatThrownBy(() -> send(router, body)).hasStackTraceContaining("refused");
    assertThat(sent.get("production")).hasSize(1);
    assertThat(count("none", "ignored")).isEqualTo(1);
  }

  @Test
  void a_message_about_another_bucket_is_rejected_and_nobody_is_told() {
    send(router(Map.of("production", PRODUCTION)), "{\"bucket\":\"elsewhere\",\"key\":\"k\"}");
    assertThat(sent).isEmpty();
    assertThat(Rejections.in(sink))
        .extracting(Rejection::getReason)
        .containsExactly("bucket_not_allowed");
    assertThat(count("none", "rejected")).isEqualTo(1);
  }

  @Test
  void a_rejection_that_nobody_takes_brings_the_message_again() {
    down.add("development");
    sink.beforeSend(
        record -> {
          throw new IllegalStateException("full");
        });
    RouterFunction router = router(Map.of("production", PRODUCTION, "development", DEVELOPMENT));
    assertThatThrownBy(() -> send(router, kept("k")))
        .hasMessageContaining("rejection was not taken");
    assertThat(sent.get("production")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Event\":\"s3:TestEvent\"}", "{\"Records\":[]}"})
  void what_asks_for_nothing_is_acknowledged_and_counted(String body) {
    send(router(Map.of("production", PRODUCTION)), body);
    assertThat(count("none", "ignored")).isEqualTo(1);
    assertThat(sent).isEmpty();
  }

  @Test
  void what_cannot_be_read_is_an_error_so_that_the_queue_gives_it_to_the_dead_letters() {
    assertThatThrownBy(() -> send(router(Map.of("production", PRODUCTION)), "{"))
        .hasMessageContaining("cannot be read");
    assertThat(count("none", "unreadable")).isEqualTo(1);
  }

  private RouterFunction router(Map<String, RouterProperties.Environment> environments) {
    NoticeSender sender =
        (binding, body) -> {
          tries.merge(binding, 1, Integer::sum);
          if (down.contains(binding)) {
            throw new IllegalStateException("down");
          }
          sent.computeIfAbsent(binding, b -> new ArrayList<>()).add(body);
        };
    return new RouterFunction(properties(environments), sender, sink, meters, clock());
  }

  private static RouterProperties properties(
      Map<String, RouterProperties.Environment> environments) {
    return new RouterProperties(
        Set.of("backup"), NoticeReader.AWS, environments, Duration.ofSeconds(30));
  }

  private static RouterProperties.Environment environment(
      String binding, double percent, boolean required) {
    return new RouterProperties.Environment(binding, true, percent, required, 3);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  private double count(String environment, String outcome) {
    return meters
        .counter("aqueduct.router.notices", "environment", environment, "outcome", outcome)
        .count();
  }

  private static void send(RouterFunction router, String body) {
    router.accept(MessageBuilder.withPayload(body.getBytes(StandardCharsets.UTF_8)).build());
  }

  private static String kept(String key) {
    return ObjectNotice.of("backup", key).toJson();
  }

  static String s3Event(String event, String bucket, String key) {
    return "{\"Records\":[" + record(event, bucket, key) + "]}";
  }

  private static String record(String event, String bucket, String key) {
    return ("{\"eventVersion\":\"2.5\",\"eventSource\":\"aws:s3\",\"eventName\":\"%s\",\"s3\":"
            + "{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\",\"size\":7,\"eTag\":\"e1\",\"sequencer\":\"0A\"}}}")
        .formatted(event, bucket, key);
  }
}
