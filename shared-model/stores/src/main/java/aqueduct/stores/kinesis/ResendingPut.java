// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.kinesis;

import aqueduct.logs.PackedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * One batch -> the stream: puts it, and puts what was refused again, until all of it is taken or
 * the budget ends.
 */
final class ResendingPut {
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private final KinesisClient kinesis;
  private final String stream;
  private final SinkSettings settings;

  ResendingPut(KinesisClient kinesis, String stream, SinkSettings settings) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.settings = settings;
  }

  static long size(PackedRecord record) {
    return (long) record.data().length
        + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  void all(List<PackedRecord> records) {
    long deadline = System.nanoTime() + settings.budget().toNanos();
    List<PutRecordsRequestEntry> left = records.stream().map(ResendingPut::entry).toList();
    for (int attempt = 0; ; attempt++) {
      Refusal refusal = put(left);
      left = refusal.entries();
      if (left.isEmpty()) {
        return;
      }
      long wait = wait(attempt);
      if (System.nanoTime() + wait * 1_000_000 > deadline) {
        throw new IllegalStateException(
            "stream "
                + stream
                + " still refuses "
                + left.size()
                + " of "
                + records.size()
                + " records after "
                + settings.budget().toSeconds()
                + " s ("
                + refusal.reasons()
                + "): check its shards and limits",
            refusal.cause());
      }
      sleep(wait);
    }
  }

  private static PutRecordsRequestEntry entry(PackedRecord record) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(record.partitionKey())
        .data(SdkBytes.fromByteArrayUnsafe(record.data()))
        .build();
  }

  private Refusal put(List<PutRecordsRequestEntry> entries) {
    try {
      PutRecordsResponse answer =
          kinesis.putRecords(request -> request.streamName(stream).records(entries));
      List<PutRecordsRequestEntry> refused = new ArrayList<>();
      Map<String, Integer> reasons = new TreeMap<>();
      for (int i = 0; i < entries.size(); i++) {
        String error = answer.records().get(i).errorCode();
        if (error != null) {
          refused.add(entries.get(i));
          reasons.merge(error, 1, Integer::sum);
        }
      }
      return new Refusal(refused, reasons, null);
    } catch (KinesisException e) {
      if (e.statusCode() >= 400 && e.statusCode() < 500 && !e.isThrottlingException()) {
        throw e; // no waiting mends a missing stream or a malformed request
      }
      return new Refusal(entries, Map.of(e.getClass().getSimpleName(), entries.size()), e);
    } catch (SdkException e) {
      return new Refusal(entries, Map.of(e.getClass().getSimpleName(), entries.size()), e);
    }
  }

  private record Refusal(
      List<PutRecordsRequestEntry> entries,
      Map<String, Integer> reasons,
      @Nullable Throwable cause) {}

  private long wait(int attempt) {
    long most =
        Math.min(LONGEST_WAIT_MILLIS, settings.firstBackoff().toMillis() << Math.min(attempt, 16));
    return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to send again", e);
    }
  }
}
