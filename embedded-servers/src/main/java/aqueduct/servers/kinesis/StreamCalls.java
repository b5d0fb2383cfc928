// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations on whole streams. */
final class StreamCalls {
  private static final int SHARD_LIMIT = 20_000;
  private final DataStreams streams;
  private final String region;

  StreamCalls(DataStreams streams, String region) {
    this.streams = streams;
    this.region = region;
  }

  void register(Map<String, Call> calls) {
    calls.put("CreateStream", this::create);
    calls.put("DeleteStream", (q, a) -> streams.delete(q.streamName()));
    calls.put("ListStreams", this::list);
    calls.put("DescribeStream", this::describe);
    calls.put("DescribeStreamSummary", this::summary);
    calls.put("DescribeLimits", (q, a) -> limits(a));
    calls.put("IncreaseStreamRetentionPeriod", (q, a) -> retention(q, true));
    calls.put("DecreaseStreamRetentionPeriod", (q, a) -> retention(q, false));
    calls.put("UpdateMaxRecordSize", this::maxRecord);
    calls.put("AddTagsToStream", this::addTags);
    calls.put("RemoveTagsFromStream", this::removeTags);
    calls.put("ListTagsForStream", this::listTags);
  }

  private void create(Question q, Answer a) throws IOException {
    streams.create(
        q.streamName(),
        q.number("ShardCount", 4, 1, SHARD_LIMIT),
        q.number("MaxRecordSizeInKiB", 1024, 1024, 10_240),
        q.texts("Tags"));
  }

  private void list(Question q, Answer a) throws IOException {
    String token = q.text("NextToken");
    String after = token == null ? q.text("ExclusiveStartStreamName") : token;
    int limit = q.number("Limit", 100, 1, 10_000);
    List<String> rest =
        streams.names().stream().filter(n -> after == null || n.compareTo(after) > 0).toList();
    List<String> page = rest.subList(0, Math.min(limit, rest.size()));
    a.texts("StreamNames", page).flag("HasMoreStreams", page.size() < rest.size());
    if (page.size() < rest.size()) a.text("NextToken", page.get(page.size() - 1));
    a.array("StreamSummaries");
    for (String name : page) {
      a.object()
          .text("StreamName", name)
          .text("StreamARN", StreamArn.of(region, name))
          .text("StreamStatus", "ACTIVE");
      mode(a).time("StreamCreationTimestamp", streams.get(name).info().created()).end();
    }
    a.endArray();
  }

  private void describe(Question q, Answer a) throws IOException {
    StreamInfo stream = streams.get(q.streamName()).info();
    String after = q.text("ExclusiveStartShardId");
    int limit = q.number("Limit", 100, 1, 10_000);
    List<ShardInfo> rest =
        stream.shards().stream().filter(s -> after == null || s.id().compareTo(after) > 0).toList();
    a.object("StreamDescription");
    about(stream, a).array("Shards");
    for (ShardInfo shard : rest.subList(0, Math.min(limit, rest.size())))
      ShardCalls.write(shard, a);
    a.endArray().flag("HasMoreShards", rest.size() > limit).end();
  }

  private void summary(Question q, Answer a) throws IOException {
    StreamInfo stream = streams.get(q.streamName()).info();
    a.object("StreamDescriptionSummary");
    about(stream, a)
        .number("OpenShardCount", stream.openShards().size())
        .number("ConsumerCount", 0)
        .number("MaxRecordSizeInKiB", stream.maxRecordKiB())
        .end();
  }

  private Answer about(StreamInfo stream, Answer a) throws IOException {
    a.text("StreamName", stream.name()).text("StreamARN", StreamArn.of(region, stream.name()));
    a.text("StreamStatus", "ACTIVE").number("RetentionPeriodHours", stream.retentionHours());
    a.time("StreamCreationTimestamp", stream.created()).text("EncryptionType", "NONE");
    a.array("EnhancedMonitoring").object().texts("ShardLevelMetrics", List.of()).end().endArray();
    return mode(a);
  }

  private static Answer mode(Answer a) throws IOException {
    return a.object("StreamModeDetails").text("StreamMode", "PROVISIONED").end();
  }

  private void limits(Answer a) throws IOException {
    a.number("ShardLimit", SHARD_LIMIT).number("OpenShardCount", streams.openShards());
    a.number("OnDemandStreamCount", 0).number("OnDemandStreamCountLimit", 0);
  }

  private void retention(Question q, boolean longer) throws IOException {
    int hours = q.number("RetentionPeriodHours", 24, 24, 8_760);
    DataStream stream = streams.get(q.streamName());
    int now = stream.info().retentionHours();
    if (longer ? hours < now : hours > now) {
      throw KinesisError.invalidArgument(
          "Requested retention period ("
              + hours
              + " hours) for stream "
              + stream.info().name()
              + (longer ? " can not be shorter" : " can not be longer")
              + " than existing retention period ("
              + now
              + " hours).");
    }
    stream.change(i -> i.withRetention(hours));
  }

  private void maxRecord(Question q, Answer a) throws IOException {
    int kiB = q.number("MaxRecordSizeInKiB", 1024, 1024, 10_240);
    streams.get(q.streamName()).change(i -> i.withMaxRecord(kiB));
  }

  private void addTags(Question q, Answer a) throws IOException {
    streams
        .get(q.streamName())
        .change(
            i -> {
              Map<String, String> tags = new HashMap<>(i.tags());
              tags.putAll(q.texts("Tags"));
              if (tags.size() > 50)
                throw KinesisError.limitExceeded("A stream has at most 50 tags.");
              return i.withTags(tags);
            });
  }

  private void removeTags(Question q, Answer a) throws IOException {
    streams
        .get(q.streamName())
        .change(
            i -> {
              Map<String, String> tags = new HashMap<>(i.tags());
              q.body().path("TagKeys").forEach(k -> tags.remove(k.asText()));
              return i.withTags(tags);
            });
  }

  private void listTags(Question q, Answer a) throws IOException {
    a.array("Tags");
    for (Map.Entry<String, String> tag : streams.get(q.streamName()).info().tags().entrySet()) {
      a.object().text("Key", tag.getKey()).text("Value", tag.getValue()).end();
    }
    a.endArray().flag("HasMoreTags", false);
  }
}
