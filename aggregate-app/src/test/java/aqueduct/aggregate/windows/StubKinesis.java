// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A stream of one shard that gives the pages it is told, and remembers where it was asked. */
final class StubKinesis implements KinesisClient {
  final List<GetShardIteratorRequest> positions = new ArrayList<>();
  final Queue<Supplier<GetRecordsResponse>> pages = new ArrayDeque<>();

  static Record record(String sequence, Instant arrival) {
    return Record.builder()
        .sequenceNumber(sequence)
        .partitionKey("k")
        .approximateArrivalTimestamp(arrival)
        .data(SdkBytes.fromUtf8String("d"))
        .build();
  }

  /** One more page; with {@code more}, the shard goes on. */
  StubKinesis page(long behind, boolean more, Record... records) {
    pages.add(
        () ->
            GetRecordsResponse.builder()
                .records(records)
                .millisBehindLatest(behind)
                .nextShardIterator(more ? "next" : null)
                .build());
    return this;
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    positions.add(request);
    return GetShardIteratorResponse.builder().shardIterator("at").build();
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    return pages.remove().get();
  }

  @Override
  public ListShardsResponse listShards(ListShardsRequest request) {
    return ListShardsResponse.builder().shards(shard -> shard.shardId("shard-0")).build();
  }

  @Override
  public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
    return DescribeStreamSummaryResponse.builder()
        .streamDescriptionSummary(summary -> summary.retentionPeriodHours(24))
        .build();
  }

  @Override
  public String serviceName() {
    return "kinesis";
  }

  @Override
  public void close() {}
}
