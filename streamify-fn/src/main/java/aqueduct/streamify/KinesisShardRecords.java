// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.ShardProgress;
import aqueduct.logs.ShardProgress.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads a span from Kinesis. */
final class KinesisShardRecords implements ShardRecords {
  private final KinesisClient kinesis;

  KinesisShardRecords(KinesisClient kinesis) {
    this.kinesis = kinesis;
  }

  @Override
  public List<StreamRecord> read(String stream, String shard, Span span) {
    List<StreamRecord> records = new ArrayList<>();
    String iterator = iterator(stream, shard, span);
    while (iterator != null) {
      String at = iterator;
      GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(at));
      for (Record record : page.records()) {
        if (ShardProgress.compare(record.sequenceNumber(), span.last()) > 0) {
          return List.of(); // the last record is not there any more
        }
        records.add(new StreamRecord(record.sequenceNumber(), record.data().asByteArray()));
        if (!records.get(0).sequenceNumber().equals(span.first())) {
          return List.of();
        }
        if (record.sequenceNumber().equals(span.last())) {
          return records;
        }
      }
      boolean atEnd = page.records().isEmpty() && page.millisBehindLatest() == 0;
      iterator = atEnd ? null : page.nextShardIterator();
    }
    return List.of();
  }

  private @Nullable String iterator(String stream, String shard, Span span) {
    try {
      return kinesis
          .getShardIterator(
              request ->
                  request
                      .streamName(stream)
                      .shardId(shard)
                      .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                      .startingSequenceNumber(span.first()))
          .shardIterator();
    } catch (ResourceNotFoundException gone) {
      return null; // the shard has left with its records
    }
  }
}
