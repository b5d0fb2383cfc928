// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The container form: the binders fetch, delete and checkpoint; the test only watches. */
final class InContainer implements Running {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private final World world;
  private final ElementProcess process;

  InContainer(String element, World world, Path directory)
      throws IOException, InterruptedException {
    this(element, "", world, directory);
  }

  /** With a jar of one's own functions beside the element's. */
  InContainer(String element, String more, World world, Path directory)
      throws IOException, InterruptedException {
    this.world = world;
    Map<String, String> env = new HashMap<>(world.environment());
    env.put("SPRING_APPLICATION_JSON", soonerRetries("backup", "router", "streamify", "replay"));
    env.put("AQUEDUCT_ENRICH_LOCKS", "true"); // as the templates do where there may be several
    env.put("SPRING_CLOUD_STREAM_KINESIS_BINDER_LOCKS_LEASEDURATION", "8s"); // a minute, unless set
    String recorder = Recorder.jar(directory.resolve("recorder.jar")).toString();
    process =
        ElementProcess.ofImage(
            element,
            more.isEmpty() ? recorder : recorder + File.pathSeparator + more,
            env,
            directory.resolve("container.log"));
  }

  /** The test's patience, in place of the topology's. */
  private static String soonerRetries(String... functions) {
    return Stream.of(functions)
        .map(InContainer::soonerRetries)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String soonerRetries(String function) {
    String consumer = "\"spring.cloud.stream.sqs.bindings." + function + "-in-0.consumer.";
    return "%smax-receives\": %d, %sretry-delay\": \"1s\", %sretry-multiplier\": 1"
        .formatted(consumer, World.TRIES, consumer, consumer);
  }

  @Override
  public void drainQueue(String queue) {
    String url = world.queueUrl(queue);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(process.isAlive()).as(process::log).isTrue();
              Map<QueueAttributeName, String> counts =
                  world
                      .sqs
                      .getQueueAttributes(
                          request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                      .attributes();
              assertThat(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                  .isEqualTo("0");
              assertThat(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                  .isEqualTo("0");
            });
  }

  @Override
  public void drainStream(String stream) {
    Set<String> last = new HashSet<>();
    for (List<Record> records : State.shards(world, stream)) {
      if (!records.isEmpty()) last.add(records.get(records.size() - 1).sequenceNumber());
    }
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(process.isAlive()).as(process::log).isTrue();
              assertThat(checkpoints()).isEqualTo(last);
            });
  }

  /** Returns when the stream has as many records as that. */
  void awaitRecords(String stream, int count) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(process.isAlive()).as(process::log).isTrue();
              assertThat(State.records(world, stream)).hasSizeGreaterThanOrEqualTo(count);
            });
  }

  @Override
  public void notice(String queue, String event) {
    world.sqs.sendMessage(r -> r.queueUrl(world.queueUrl(queue)).messageBody(event));
    drainQueue(queue);
  }

  /** Of the table that the Kinesis binder keeps. */
  @Override
  public Set<String> checkpoints() {
    Set<String> values = new HashSet<>();
    try {
      world
          .dynamo
          .scan(r -> r.tableName("checkpoints"))
          .items()
          .forEach(
              item ->
                  item.values().stream()
                      .map(value -> value.s())
                      .filter(text -> text != null && text.matches("\\d{20,}"))
                      .forEach(values::add));
    } catch (ResourceNotFoundException e) {
      return values; // the binder has not begun
    }
    return values;
  }

  void pause() throws IOException, InterruptedException {
    process.signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    process.signal("CONT");
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
