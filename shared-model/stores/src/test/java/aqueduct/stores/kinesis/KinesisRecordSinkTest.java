// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.PackedRecord;
import aqueduct.logs.RecordSink.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * The sink against scripted answers; against a real Kinesis protocol it runs in the end-to-end
 * tests.
 */
class KinesisRecordSinkTest {
  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();

  private KinesisRecordSink sink(Function<PutRecordsRequest, PutRecordsResponse> stream) {
    KinesisClient client =
        new KinesisClient() {
          @Override
          public PutRecordsResponse putRecords(PutRecordsRequest request) {
            requests.incrementAndGet();
            return stream.apply(request);
          }

          @Override
          public String serviceName() {
            return "kinesis";
          }

          @Override
          public void close() {}
        };
    SinkSettings settings =
        new SinkSettings(
            8, 1 << 20, 64 << 10, 2, 128 << 10, Duration.ofMillis(600), Duration.ofMillis(1));
    return new KinesisRecordSink(client, settings, pipe -> pipe);
  }

  private PutRecordsResponse answer(PutRecordsRequest request, Function<Integer, String> errorOf) {
    List<PutRecordsResultEntry> entries = new ArrayList<>();
    for (int i = 0; i < request.records().size(); i++) {
      String error = errorOf.apply(i);
      if (error.isEmpty()) {
        taken.add(request.records().get(i).partitionKey());
        entries.add(PutRecordsResultEntry.builder().sequenceNumber("1").build());
      } else {
        entries.add(PutRecordsResultEntry.builder().errorCode(error).build());
      }
    }
    return PutRecordsResponse.builder().failedRecordCount(1).records(entries).build();
  }

  private static List<PackedRecord> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new PackedRecord("k" + i, new byte[100]))
        .toList();
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).toList();
  }

  @Test
  void of_every_subset_of_eight_refused_entries_only_those_are_sent_again() {
    for (int subset = 0; subset < 256; subset++) {
      taken.clear();
      requests.set(0);
      int refused = subset;
      try (KinesisRecordSink sink =
          sink(
              request ->
                  answer(
                      request,
                      i ->
                          requests.get() == 1 && (refused >> i & 1) == 1
                              ? i % 2 == 0
                                  ? "ProvisionedThroughputExceededException"
                                  : "InternalFailure"
                              : ""))) {
        sink.put("raw-logs", records(8));
      }
      assertThat(taken).as("subset %s", subset).containsExactlyInAnyOrderElementsOf(keys(8));
      assertThat(requests.get()).isEqualTo(subset == 0 ? 1 : 2);
    }
  }

  @Test
  void a_request_whose_answer_was_lost_is_sent_again() {
    try (KinesisRecordSink sink =
        sink(
            request -> {
              PutRecordsResponse answer = answer(request, i -> "");
              if (requests.get() == 1) {
                throw SdkClientException.create("read timed out");
              }
              return answer;
            })) {
      sink.put("raw-logs", records(3));
    }
    assertThat(taken)
        .containsExactly("k0", "k1", "k2", "k0", "k1", "k2"); // twice: consumers drop the repeat
  }

  @Test
  void a_stream_that_refuses_for_good_fails_the_transfer_by_name() {
    try (KinesisRecordSink sink =
        sink(request -> answer(request, i -> "ProvisionedThroughputExceededException"))) {
      assertThatThrownBy(() -> sink.put("raw-logs", records(3)))
          .hasMessageContaining("raw-logs")
          .hasMessageContaining("3 of 3")
          .hasMessageContaining("ProvisionedThroughputExceededException");
    }
  }

  @Test
  void a_missing_stream_fails_at_once() {
    try (KinesisRecordSink sink =
        sink(
            request -> {
              throw ResourceNotFoundException.builder()
                  .statusCode(400)
                  .message("no stream")
                  .build();
            })) {
      assertThatThrownBy(() -> sink.put("raw-logs", records(1)))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThat(requests.get()).isEqualTo(1);
    }
  }

  @Test
  void batches_keep_the_limits() {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    try (KinesisRecordSink sink =
        sink(
            request -> {
              sizes.add(request.records().size());
              return answer(request, i -> "");
            })) {
      sink.put("raw-logs", records(20));
      Transfer transfer = sink.open("raw-logs");
      assertThatThrownBy(() -> transfer.send(new PackedRecord("k", new byte[64 << 10])))
          .hasMessageContaining("65537 bytes")
          .hasMessageContaining("max-record-bytes");
      transfer.send(new PackedRecord("k", new byte[(64 << 10) - 1]));
      transfer.finish();
    }
    assertThat(sizes).containsExactlyInAnyOrder(8, 8, 4, 1);
  }

  @Test
  void a_slow_stream_stops_its_sender() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger sent = new AtomicInteger();
    try (KinesisRecordSink sink =
        sink(
            request -> {
              await(open);
              return answer(request, i -> "");
            })) {
      Thread sender =
          new Thread(
              () -> {
                Transfer transfer = sink.open("raw-logs");
                for (int i = 0; i < 40; i++) {
                  transfer.send(new PackedRecord("k" + i, new byte[8 << 10]));
                  sent.incrementAndGet();
                }
                transfer.finish();
              });
      sender.start();
      Awaitility.await().until(() -> sender.getState() == Thread.State.WAITING);
      assertThat(sent.get()).isLessThan(40); // 128 KiB may be in flight, 320 KiB are to be sent
      open.countDown();
      sender.join(TimeUnit.SECONDS.toMillis(10));
    }
    assertThat(taken).hasSize(40);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
