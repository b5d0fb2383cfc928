// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The records of one shard in one window -> rows. The window ends with the first record that
 * arrived at or after its end, with the tip of the stream, or with the end of a closed shard; an
 * empty answer that is still behind the tip ends nothing.
 */
final class WindowReader implements PartitionReader<InternalRow> {
  private static final int MOST_REFUSALS = 60;
  private final WindowOptions options;
  private final WindowPartition window;
  private final String[] columns;
  private final KinesisClient kinesis;
  private @Nullable String iterator;
  private @Nullable String lastSequenceNumber;
  private Iterator<Record> page = Collections.emptyIterator();
  private boolean ended;
  private InternalRow row = InternalRow.empty();

  WindowReader(WindowOptions options, StructType columns, WindowPartition window) {
    this.options = options;
    this.window = window;
    this.columns = columns.fieldNames();
    this.kinesis = options.client();
  }

  @Override
  public boolean next() {
    while (true) {
      if (page.hasNext()) {
        Record record = page.next();
        if (record.approximateArrivalTimestamp().toEpochMilli() >= window.to()) {
          return false;
        }
        lastSequenceNumber = record.sequenceNumber();
        row = row(record);
        return true;
      }
      if (ended) {
        return false;
      }
      fetch();
    }
  }

  private void fetch() {
    if (iterator == null) {
      iterator = position();
    }
    GetRecordsResponse answer = answer();
    iterator = answer.nextShardIterator();
    page = answer.records().iterator();
    boolean atTip = answer.records().isEmpty() && answer.millisBehindLatest() == 0;
    ended =
        atTip
            || iterator
                == null; // null: the shard was closed by a split or merge, and this is its last
    // page
  }

  /** Where to go on: after the last record, or at the start of the window. */
  private String position() {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(options.stream()).shardId(window.shard());
    if (lastSequenceNumber == null) {
      request
          .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
          .timestamp(Instant.ofEpochMilli(window.from()));
    } else {
      request
          .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .startingSequenceNumber(lastSequenceNumber);
    }
    return kinesis.getShardIterator(request.build()).shardIterator();
  }

  private GetRecordsResponse answer() {
    for (int refusals = 0; ; refusals++) {
      try {
        return kinesis.getRecords(request -> request.shardIterator(iterator).limit(10_000));
      } catch (ExpiredIteratorException e) {
        iterator = position(); // an iterator lives 5 minutes; a slow consumer outlives it
      } catch (ProvisionedThroughputExceededException e) {
        if (refusals == MOST_REFUSALS) {
          throw e;
        }
        pause(200 + ThreadLocalRandom.current().nextLong(200L * Math.min(refusals + 1, 10)));
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kinesis throttled", e);
    }
  }

  private InternalRow row(Record record) {
    Object[] cells = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      cells[i] =
          switch (columns[i]) {
            case "shard" -> UTF8String.fromString(window.shard());
            case "sequence_number" -> UTF8String.fromString(record.sequenceNumber());
            case "arrival_millis" -> record.approximateArrivalTimestamp().toEpochMilli();
            case "partition_key" -> UTF8String.fromString(record.partitionKey());
            case "data" -> record.data().asByteArrayUnsafe();
            default -> throw new IllegalArgumentException("no column " + columns[i]);
          };
    }
    return new GenericInternalRow(cells);
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    kinesis.close();
  }
}
