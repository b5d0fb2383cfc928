// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.status;

import aqueduct.local.system.StoredSystem;
import aqueduct.local.system.Topology.Pipe;
import aqueduct.metrics.MetricStore.AppliedWindow;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.kinesis.KinesisFiles;
import aqueduct.servers.kinesis.StoredRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The pipes of the topology -> what waits in each of them. */
final class PipeReader {
  private final StoredSystem stored;
  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;
  private final Optional<AppliedWindow> newest;
  private final Clock clock;

  PipeReader(StoredSystem stored, Optional<AppliedWindow> newest, Clock clock) {
    this.stored = stored;
    this.newest = newest;
    this.clock = clock;
    sqs = stored.sqs();
    dynamoDb = stored.dynamoDb();
  }

  List<PipeStatus> pipes() throws IOException {
    List<PipeStatus> all = new ArrayList<>();
    for (Map.Entry<String, Pipe> entry : stored.topology().pipes().entrySet()) {
      String name = entry.getKey();
      Pipe pipe = entry.getValue();
      if (pipe.kind().equals("sqs")) all.add(queue(name, pipe));
      else for (String reader : pipe.to()) all.add(stream(name, reader));
    }
    return all;
  }

  private PipeStatus queue(String name, Pipe pipe) {
    Map<QueueAttributeName, String> numbers = attributes(name);
    return new PipeStatus(
        name,
        "sqs",
        String.join(",", pipe.to()),
        number(numbers, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        number(numbers, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        pipe.deadLetter().isEmpty()
            ? 0
            : number(
                attributes(pipe.deadLetter()), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        null);
  }

  private Map<QueueAttributeName, String> attributes(String queue) {
    String url = sqs.getQueueUrl(r -> r.queueName(stored.topology().prefix() + queue)).queueUrl();
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  private static long number(Map<QueueAttributeName, String> numbers, QueueAttributeName name) {
    return Long.parseLong(numbers.getOrDefault(name, "0"));
  }

  private PipeStatus stream(String name, String reader) throws IOException {
    String stream = stored.topology().prefix() + name;
    if (reader.equals("aggregate")) {
      Instant from = newest.map(AppliedWindow::end).orElse(Instant.EPOCH);
      return waiting(name, stream, reader, from, r -> !r.arrival().isBefore(from));
    }
    Map<String, String> read = checkpoints(reader, stream);
    Instant from =
        read.values().stream()
            .map(KinesisFiles::arrival)
            .min(Instant::compareTo)
            .orElse(Instant.EPOCH);
    return waiting(
        name,
        stream,
        reader,
        from,
        r -> r.sequenceNumber().compareTo(read.getOrDefault(r.shard(), "")) > 0);
  }

  /** Shard -> the newest record that the reader is done with. */
  private Map<String, String> checkpoints(String reader, String stream) {
    String start = reader + ":" + stream + ":";
    Map<String, String> read = new TreeMap<>();
    try {
      dynamoDb
          .scanPaginator(r -> r.tableName(stored.topology().prefix() + "checkpoints"))
          .items()
          .forEach(
              item -> {
                String key = text(item, "metadataKey");
                if (key.startsWith(start)) {
                  read.put(key.substring(start.length()), text(item, "metadataValue"));
                }
              });
    } catch (ResourceNotFoundException nothingReadYet) {
      return Map.of();
    }
    return read;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? "" : value.s();
  }

  private PipeStatus waiting(
      String pipe, String stream, String reader, Instant from, Predicate<StoredRecord> isUnread)
      throws IOException {
    Path kinesis = EmbeddedServers.kinesisData(stored.data());
    long[] count = {0};
    @Nullable Instant[] oldest = {null};
    try (Stream<StoredRecord> records = KinesisFiles.read(kinesis, stream, from)) {
      records
          .filter(isUnread)
          .forEach(
              record -> {
                if (count[0]++ == 0) oldest[0] = record.arrival();
              });
    } catch (NoSuchFileException nothingStoredYet) {
      count[0] = 0;
    }
    Instant first = oldest[0];
    Duration lag = first == null ? Duration.ZERO : Duration.between(first, clock.instant());
    return new PipeStatus(pipe, "kinesis", reader, count[0], null, null, lag);
  }
}
