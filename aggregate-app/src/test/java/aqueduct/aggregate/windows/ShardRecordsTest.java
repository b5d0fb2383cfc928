// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class ShardRecordsTest {
  private static final Instant FROM = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant TO = FROM.plusSeconds(300);
  private final StubKinesis stream = new StubKinesis();

  private List<String> read() {
    ShardRecords records =
        new ShardRecords(
            new Kinesis(stream, millis -> {}),
            "s",
            new WindowPartition("shard-0", FROM.toEpochMilli(), TO.toEpochMilli()),
            100);
    List<String> read = new ArrayList<>();
    for (Record record = records.next(); record != null; record = records.next()) {
      read.add(record.sequenceNumber());
    }
    assertThat(records.next()).isNull();
    return read;
  }

  private static Record at(String sequence, int second) {
    return StubKinesis.record(sequence, FROM.plusSeconds(second));
  }

  @Test
  void an_expired_iterator_is_made_anew_after_the_last_record_read() {
    stream.page(5, true, at("1", 0), at("2", 1));
    stream.pages.add(
        () -> {
          throw ExpiredIteratorException.builder().message("expired").build();
        });
    stream.page(0, true, at("3", 2)).page(0, true);
    assertThat(read()).containsExactly("1", "2", "3");
    assertThat(stream.positions)
        .extracting(position -> position.shardIteratorType())
        .containsExactly(ShardIteratorType.AT_TIMESTAMP, ShardIteratorType.AFTER_SEQUENCE_NUMBER);
    assertThat(stream.positions.get(1).startingSequenceNumber()).isEqualTo("2");
  }

  @Test
  void an_empty_page_behind_the_tip_ends_nothing() {
    stream.page(9_000, true).page(8_000, true).page(0, true, at("1", 0)).page(0, true);
    assertThat(read()).containsExactly("1");
  }

  @Test
  void a_closed_shard_without_records_ends_at_once() {
    stream.page(0, false);
    assertThat(read()).isEmpty();
  }

  @Test
  void the_first_record_at_or_after_the_end_ends_the_window_even_if_time_goes_back_after_it() {
    stream.page(0, true, at("1", 299), at("2", 300), at("3", 298));
    assertThat(read()).containsExactly("1");
  }

  @Test
  void throttling_is_waited_out() {
    for (int i = 0; i < 20; i++) {
      stream.pages.add(
          () -> {
            throw ProvisionedThroughputExceededException.builder().message("slow down").build();
          });
    }
    stream.page(0, false, at("1", 0));
    assertThat(read()).containsExactly("1");
  }
}
