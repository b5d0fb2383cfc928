// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A shard and a place in it -> its records from there on. An iterator that expired is got anew. */
final class ShardCursor {
  private final KinesisClient kinesis;
  private final String stream;
  private final String shard;
  private final Supplier<@Nullable String> place;
  private @Nullable String iterator;
  private boolean ended;

  ShardCursor(
      KinesisClient kinesis, String stream, String shard, Supplier<@Nullable String> place) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.shard = shard;
    this.place = place;
  }

  String shard() {
    return shard;
  }

  /** Whether the shard is closed and everything in it was given. */
  boolean hasEnded() {
    return ended;
  }

  List<Record> next() {
    String from = iterator == null ? begin() : iterator;
    try {
      GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(from));
      iterator = page.nextShardIterator();
      ended = iterator == null;
      return page.records();
    } catch (ExpiredIteratorException e) {
      iterator = null;
      return next();
    } catch (ProvisionedThroughputExceededException e) {
      return List.of(); // others read this shard as well: the next call asks again
    }
  }

  private String begin() {
    String after = place.get();
    return kinesis
        .getShardIterator(
            request -> {
              request.streamName(stream).shardId(shard);
              if (after == null) {
                request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
              } else {
                request
                    .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after);
              }
            })
        .shardIterator();
  }
}
