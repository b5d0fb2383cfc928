// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.elsewhere;

import aqueduct.servers.Endpoints;
import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A topology -> its queues with their dead letters, its streams, and its buckets that notify their
 * queues, at an AWS that other software emulates. May be repeated: what is there keeps what is in
 * it; a queue's settings and a bucket's notification are set again, a stream keeps its shards.
 */
public final class Provisioning {
  private final Clients aws;
  private final Endpoints at;
  private final Deadline deadline;

  private Provisioning(Clients aws, Endpoints at, Duration limit) {
    this.aws = aws;
    this.at = at;
    this.deadline = new Deadline(limit);
  }

  /**
   * Waits until the endpoints answer, then makes what is missing; returns when all of it can be
   * used.
   *
   * @throws IOException if they do not answer, or a stream is not there, within the limit, or if a
   *     call is refused; names the endpoint or the thing
   */
  public static void make(ServersTopology topology, Endpoints at, Duration limit)
      throws IOException {
    try (Clients aws = Clients.of(at)) {
      new Provisioning(aws, at, limit).make(topology);
    }
  }

  private void make(ServersTopology topology) throws IOException {
    deadline.await(at.sqs() + " does not answer as SQS", () -> aws.sqs().listQueues() != null);
    deadline.await(at.s3() + " does not answer as S3", () -> aws.s3().listBuckets() != null);
    deadline.await(
        at.kinesis() + " does not answer as Kinesis", () -> aws.kinesis().listStreams() != null);
    for (QueueSpec queue : topology.queues()) make("queue " + queue.name(), () -> queue(queue));
    for (StreamSpec stream : topology.streams()) {
      make("stream " + stream.name(), () -> stream(stream));
    }
    for (BucketSpec bucket : topology.buckets()) {
      make("bucket " + bucket.name(), () -> bucket(bucket));
    }
    for (StreamSpec stream : topology.streams()) {
      deadline.await("stream " + stream.name() + " is not active", () -> isActive(stream));
    }
  }

  private static void make(String what, Runnable making) throws IOException {
    try {
      making.run();
    } catch (SdkException e) {
      throw new IOException("Cannot make " + what + ": " + e.getMessage(), e);
    }
  }

  private void queue(QueueSpec queue) {
    String url = urlOfMade(queue.name());
    String visibility = String.valueOf(queue.visibility().toSeconds());
    Map<QueueAttributeName, String> settings =
        queue.deadLetter().isEmpty()
            ? Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, visibility)
            : Map.of(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                visibility,
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                    .formatted(arnOfMade(queue.deadLetter()), queue.maxReceives()));
    aws.sqs().setQueueAttributes(b -> b.queueUrl(url).attributes(settings));
  }

  private String urlOfMade(String queue) {
    try {
      return aws.sqs().getQueueUrl(b -> b.queueName(queue)).queueUrl();
    } catch (QueueDoesNotExistException e) {
      return aws.sqs().createQueue(b -> b.queueName(queue)).queueUrl();
    }
  }

  private String arnOfMade(String queue) {
    String url = urlOfMade(queue);
    Map<QueueAttributeName, String> attributes =
        aws.sqs()
            .getQueueAttributes(b -> b.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes();
    return String.valueOf(attributes.get(QueueAttributeName.QUEUE_ARN));
  }

  private void stream(StreamSpec stream) {
    try {
      aws.kinesis().createStream(b -> b.streamName(stream.name()).shardCount(stream.shards()));
    } catch (ResourceInUseException e) {
      // It is there, by an earlier run.
    }
  }

  private boolean isActive(StreamSpec stream) {
    return aws.kinesis()
            .describeStreamSummary(b -> b.streamName(stream.name()))
            .streamDescriptionSummary()
            .streamStatus()
        == StreamStatus.ACTIVE;
  }

  private void bucket(BucketSpec bucket) {
    try {
      aws.s3().headBucket(b -> b.bucket(bucket.name()));
    } catch (NoSuchBucketException e) {
      aws.s3().createBucket(b -> create(b, bucket.name()));
    }
    if (bucket.queue().isEmpty()) return;
    QueueConfiguration queue =
        QueueConfiguration.builder()
            .queueArn(arnOfMade(bucket.queue()))
            .events(Event.S3_OBJECT_CREATED)
            .build();
    aws.s3()
        .putBucketNotificationConfiguration(
            b ->
                b.bucket(bucket.name())
                    .notificationConfiguration(n -> n.queueConfigurations(queue)));
  }

  /** S3 takes the name of no bucket in us-east-1 with that region in it, and elsewhere needs it. */
  private void create(CreateBucketRequest.Builder request, String bucket) {
    request.bucket(bucket);
    if (at.region().equals("us-east-1")) return;
    request.createBucketConfiguration(
        c -> c.locationConstraint(BucketLocationConstraint.fromValue(at.region())));
  }
}
