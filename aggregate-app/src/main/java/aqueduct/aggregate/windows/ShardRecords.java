// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The records of one shard in one window, in the shard's order. They begin where AT_TIMESTAMP puts
 * the window's start and end before the first record that arrived at or after its end; so windows
 * that follow each other share no record and leave none out, even where arrival times go back. The
 * tip of the stream ends the window only once the server's clock has passed its end. An empty
 * answer that is still behind the tip ends nothing.
 */
final class ShardRecords {
  private static final long TIP_PAUSE = 200;

  /** The Date header counts whole seconds. */
  private static final long DATE_MILLIS = 999;

  private final Kinesis kinesis;
  private final String stream;
  private final WindowPartition window;
  private final int pageSize;
  private @Nullable String iterator;
  private @Nullable String lastSequenceNumber;
  private Iterator<Record> page = Collections.emptyIterator();
  private boolean ended;

  ShardRecords(Kinesis kinesis, String stream, WindowPartition window, int pageSize) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.window = window;
    this.pageSize = pageSize;
  }

  /** The next record; null at the window's end. */
  @Nullable Record next() {
    while (true) {
      if (page.hasNext()) {
        Record record = page.next();
        if (record.approximateArrivalTimestamp().toEpochMilli() >= window.to()) {
          ended = true;
          page = Collections.emptyIterator();
          return null;
        }
        lastSequenceNumber = record.sequenceNumber();
        return record;
      }
      if (ended) {
        return null;
      }
      fetch();
    }
  }

  private void fetch() {
    String at = iterator == null ? position() : iterator;
    try {
      turn(kinesis.ask(client -> client.getRecords(r -> r.shardIterator(at).limit(pageSize))));
    } catch (ExpiredIteratorException e) {
      iterator = null; // it lives 5 minutes, and a busy reader may take longer over one page
    }
  }

  private void turn(GetRecordsResponse answer) {
    page = answer.records().iterator();
    iterator = answer.nextShardIterator();
    if (iterator == null) {
      ended = true; // a split or merge has closed the shard, and this was its last page
    } else if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
      if (serverTime(answer)
          .map(now -> now.toEpochMilli() + DATE_MILLIS < window.to())
          .orElse(false)) {
        kinesis.rest(TIP_PAUSE); // our clock is ahead: for the server the window is still open
      } else {
        ended = true;
      }
    }
  }

  private static Optional<Instant> serverTime(SdkResponse answer) {
    SdkHttpResponse http = answer.sdkHttpResponse();
    if (http == null) {
      return Optional.empty();
    }
    try {
      return http.firstMatchingHeader("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Where to go on: after the last record, else at the start of the window. */
  private String position() {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(stream).shardId(window.shard());
    if (lastSequenceNumber == null) {
      request
          .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
          .timestamp(Instant.ofEpochMilli(window.from()));
    } else {
      request
          .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .startingSequenceNumber(lastSequenceNumber);
    }
    return kinesis.ask(client -> client.getShardIterator(request.build()).shardIterator());
  }
}
