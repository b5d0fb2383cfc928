// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.lambda.LambdaEvents;
import aqueduct.lambda.LambdaEvents.QueueMessage;
import aqueduct.lambda.LambdaEvents.StreamRecord;
import aqueduct.lambda.LocalRuntimeApi;
import aqueduct.lambda.LocalRuntimeApi.Kind;
import aqueduct.lambda.LocalRuntimeApi.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The Lambda forms: the element serves invocations, and this class is the event source mapping. It
 * receives messages, invokes, deletes what is not named as failed; it reads shards in batches,
 * invokes, and goes on behind the last record, or at the first that failed. A function that does
 * not answer in time is killed, as Lambda does.
 */
final class OnLambda implements Running {
  private static final Duration START = Duration.ofMinutes(1);
  private static final int MESSAGES = 10;
  private static final int RECORDS = 10;
  private final Form form;
  private final String element;
  private final World world;
  private final Path directory;
  private final Set<String> checkpoints = new HashSet<>();
  private Duration timeout = Duration.ofSeconds(60);
  private LocalRuntimeApi api;
  private ElementProcess process;

  OnLambda(Form form, String element, World world, Path directory)
      throws IOException, InterruptedException {
    this.form = form;
    this.element = element;
    this.world = world;
    this.directory = directory;
    startProcess();
  }

  private void startProcess() throws IOException, InterruptedException {
    api = LocalRuntimeApi.start();
    Map<String, String> env = new HashMap<>(world.environment());
    env.put("AWS_LAMBDA_RUNTIME_API", api.address());
    env.put("AWS_LAMBDA_FUNCTION_NAME", element);
    env.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
    Path log = directory.resolve("lambda.log");
    String recorder = Recorder.jar(directory.resolve("recorder.jar")).toString();
    if (form == Form.LAMBDA_IMAGE) {
      env.put("_HANDLER", element); // the image's command, which is the name of the function
      process = ElementProcess.ofImage(element, recorder, env, log);
    } else {
      env.put("_HANDLER", "aqueduct.lambda.LambdaHandler::handleRequest");
      env.put("MAIN_CLASS", ElementProcess.mainClass(element));
      process = ElementProcess.ofZip(element, recorder, env, log);
    }
    assertThat(api.isReadyWithin(START)).as(process::log).isTrue();
  }

  Form form() {
    return form;
  }

  void timeout(Duration limit) {
    timeout = limit;
  }

  /** Invokes; after a time-out the process is gone, and the next one is there. */
  private Outcome invoke(byte[] event) throws IOException, InterruptedException {
    Outcome outcome = api.invoke(event, timeout);
    if (outcome.kind() == Kind.TIMED_OUT) {
      process.kill();
      api.close();
      startProcess();
    }
    return outcome;
  }

  @Override
  public void drainQueue(String queue) throws Exception {
    String url = world.queueUrl(queue);
    while (!isEmpty(url)) {
      serveOnce(url);
    }
  }

  /** One batch of the queue, if there is one. */
  Outcome serveOnce(String url) throws Exception {
    List<Message> messages =
        world
            .sqs
            .receiveMessage(
                r ->
                    r.queueUrl(url)
                        .maxNumberOfMessages(MESSAGES)
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
            .messages();
    if (messages.isEmpty()) return new Outcome(Kind.ANSWERED, "");
    Outcome outcome =
        invoke(
            LambdaEvents.sqs(
                url.replaceFirst(".*/", ""),
                messages.stream().map(m -> new QueueMessage(m.messageId(), m.body(), 1)).toList()));
    boolean answered = outcome.kind() == Kind.ANSWERED;
    List<String> failed = answered ? LambdaEvents.failed(outcome.body()) : List.of();
    for (Message message : messages) {
      if (answered && !failed.contains(message.messageId())) {
        world.sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
      } else {
        world.sqs.changeMessageVisibility(
            r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
      }
    }
    return outcome;
  }

  private boolean isEmpty(String url) {
    Map<QueueAttributeName, String> counts =
        world
            .sqs
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES).equals("0")
        && counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE).equals("0");
  }

  @Override
  public void drainStream(String stream) throws Exception {
    for (var shard : world.kinesis.listShards(r -> r.streamName(stream)).shards()) {
      String iterator = iterator(stream, shard.shardId(), null);
      String done = null;
      while (true) {
        String from = iterator;
        List<Record> records =
            world.kinesis.getRecords(r -> r.shardIterator(from).limit(RECORDS)).records();
        if (records.isEmpty()) break;
        String failed = serve(shard.shardId(), records);
        for (Record record : records) {
          if (record.sequenceNumber().equals(failed)) break;
          done = record.sequenceNumber();
        }
        iterator = iterator(stream, shard.shardId(), done);
      }
      if (done != null) checkpoints.add(done);
    }
  }

  private String serve(String shard, List<Record> records) throws Exception {
    Outcome outcome =
        invoke(
            LambdaEvents.kinesis(
                shard,
                records.stream()
                    .map(
                        r ->
                            new StreamRecord(
                                r.sequenceNumber(), r.partitionKey(), r.data().asByteArray()))
                    .toList()));
    if (outcome.kind() != Kind.ANSWERED) return records.get(0).sequenceNumber();
    List<String> failed = LambdaEvents.failed(outcome.body());
    return failed.isEmpty() ? "" : failed.get(0);
  }

  private String iterator(String stream, String shard, String after) {
    return world
        .kinesis
        .getShardIterator(
            r -> {
              r.streamName(stream).shardId(shard);
              if (after == null) {
                r.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
              } else {
                r.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after);
              }
            })
        .shardIterator();
  }

  /** S3 calls the function itself. */
  @Override
  public void notice(String queue, String event) throws Exception {
    assertThat(invoke(event.getBytes(StandardCharsets.UTF_8)).kind()).isEqualTo(Kind.ANSWERED);
  }

  @Override
  public Set<String> checkpoints() {
    return checkpoints;
  }

  @Override
  public void close() {
    process.close();
    api.close();
  }
}
