// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.contracts.InMemoryFileLedger;
import aqueduct.local.resend.Order;
import aqueduct.logs.CanonicalJson;
import aqueduct.logs.FileLedger.Claim.Claimed;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.wire.Rejection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which messages bring rejections back, and under which identity a person names them. */
class RecoveryTest {
  private static final LogFile FILE = new LogFile("backup", "E1.2026-11-23-10.abc.gz", "etag", 9);
  private final InMemoryFileLedger ledger = new InMemoryFileLedger();

  private void done(long events, long rejected) {
    Instant now = Instant.parse("2026-11-23T11:00:00Z");
    Claimed claim = (Claimed) ledger.claim(FILE, "w", now, Duration.ofMinutes(1));
    FileSummary summary =
        new FileSummary(
            events + rejected,
            1,
            events,
            rejected,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(ledger.finish(claim, summary, now)).isTrue();
  }

  private static RejectedItem item(Rejection.Builder rejection) {
    try {
      return new RejectedItem(new ObjectMapper().readTree(CanonicalJson.write(rejection.build())));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Rejection.Builder of(String stage, int line) {
    return Rejection.newBuilder()
        .setStage(stage)
        .setReason("reason")
        .setBucket(FILE.bucket())
        .setKey(FILE.key())
        .setFileId(FILE.fileId())
        .setLine(line);
  }

  private List<Order> orders(RejectedItem... items) {
    return Recovery.of(List.of(items), ledger).orders();
  }

  @Test
  void lines_of_one_file_go_into_one_order() {
    done(5, 2);
    assertThat(orders(item(of("streamify", 7)), item(of("aggregate", 3))))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.pipe()).isEqualTo("files-to-replay");
              assertThat(order.body()).contains("\"lines\":[3,7]").contains(FILE.key());
              assertThat(order.things()).isEqualTo(2);
            });
  }

  @Test
  void more_lines_than_a_message_holds_go_into_several() {
    done(5, 50_000);
    RejectedItem[] items =
        IntStream.rangeClosed(1, 50_000)
            .mapToObj(line -> item(of("streamify", line)))
            .toArray(RejectedItem[]::new);
    assertThat(orders(items)).hasSize(3).allMatch(o -> o.body().length() < 256 * 1024);
  }

  @Test
  void a_file_of_which_nothing_was_an_event_comes_back_line_by_line() {
    done(0, 4);
    assertThat(orders(item(of("streamify", 0))).get(0).body()).contains("\"lines\":\"all\"");
  }

  @Test
  void a_record_that_was_put_aside_comes_back_with_the_chunks_of_its_file() {
    done(4, 0);
    assertThat(orders(item(of("enrich", 0))).get(0).body()).doesNotContain("lines");
  }

  @Test
  void notices_go_to_the_queue_that_they_came_from() {
    ByteString notice = ByteString.copyFromUtf8("{\"bucket\":\"x\",\"key\":\"y\"}");
    assertThat(orders(item(of("backup", 0).setData(notice)), item(of("router", 0))))
        .extracting(Order::pipe)
        .containsExactly("arrived-files", "kept-files");
  }

  @Test
  void what_nobody_knows_the_file_of_is_named_as_hopeless() {
    Recovery recovery =
        Recovery.of(List.of(item(Rejection.newBuilder().setStage("enrich"))), ledger);
    assertThat(recovery.orders()).isEmpty();
    assertThat(recovery.hopeless()).hasSize(1);
  }

  @Test
  void a_repeat_has_the_same_id_and_another_line_has_another() {
    assertThat(item(of("streamify", 7)).id())
        .isEqualTo(item(of("streamify", 7).setAttempts(3)).id())
        .isNotEqualTo(item(of("streamify", 8)).id());
  }

  @Test
  void bytes_are_shown_so_that_no_terminal_obeys_them() {
    RejectedItem item =
        item(of("streamify", 1).setData(ByteString.copyFrom(new byte[] {27, '[', '3', 'J', 9})));
    assertThat(item.shown()).isEqualTo("\\x1b[3J\\t");
  }
}
