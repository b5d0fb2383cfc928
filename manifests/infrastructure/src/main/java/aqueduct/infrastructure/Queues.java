// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Queues with their dead letters: encrypted, TLS only, written by whom the topology says. */
final class Queues {
  private static final long FOURTEEN_DAYS = Duration.ofDays(14).toSeconds();

  /** AWS: a queue's visibility timeout should be six times its function's. */
  private static final int VISIBILITY_PER_TIMEOUT = 6;

  private final Topology topology;
  private final Template template;

  Queues(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  static String queue(String pipe) {
    return id(pipe) + "Queue";
  }

  static String policy(String pipe) {
    return queue(pipe) + "Policy";
  }

  /** The queue that is told of records that Lambda gave up. */
  static String givenUp(String stream) {
    return stream + "-given-up";
  }

  void write() {
    topology
        .pipes()
        .forEach(
            (name, pipe) -> {
              if (pipe.kind() == Pipe.Kind.SQS) queue(name, pipe);
              if (pipe.kind() == Pipe.Kind.KINESIS && isReadByLambda(pipe)) {
                plain(givenUp(name), Map.of());
              }
            });
  }

  private boolean isReadByLambda(Pipe pipe) {
    return pipe.to().stream()
        .map(topology.elements()::get)
        .anyMatch(e -> e != null && e.runsOn() == RunsOn.LAMBDA);
  }

  private void queue(String name, Pipe pipe) {
    Map<String, Object> more = map("VisibilityTimeout", visibility(pipe));
    if (!pipe.deadLetter().isEmpty()) {
      plain(pipe.deadLetter(), Map.of());
      more.put(
          "RedrivePolicy",
          map(
              "deadLetterTargetArn", arn(queue(pipe.deadLetter())),
              "maxReceiveCount", pipe.maxReceives()));
    }
    plain(name, more);
  }

  private long visibility(Pipe pipe) {
    return pipe.visibility().toSeconds() * (isReadByLambda(pipe) ? VISIBILITY_PER_TIMEOUT : 1);
  }

  private void plain(String name, Map<String, Object> more) {
    Map<String, Object> properties =
        map(
            "QueueName", sub("${Prefix}" + name),
            "KmsMasterKeyId", arn("Key"),
            "MessageRetentionPeriod", FOURTEEN_DAYS);
    properties.putAll(more);
    template.resource(queue(name), "AWS::SQS::Queue", properties);
    template.resource(
        policy(name),
        "AWS::SQS::QueuePolicy",
        map(
            "Queues", List.of(ref(queue(name))),
            "PolicyDocument", map("Version", "2012-10-17", "Statement", statements(name))));
  }

  private List<Object> statements(String queue) {
    List<Object> statements = new ArrayList<>();
    statements.add(
        map(
            "Sid", "OnlyTls",
            "Effect", "Deny",
            "Principal", "*",
            "Action", "sqs:*",
            "Resource", arn(queue(queue)),
            "Condition", map("Bool", map("aws:SecureTransport", "false"))));
    topology
        .buckets()
        .forEach(
            (role, bucket) -> {
              if (bucket.notifies().equals(queue)) statements.add(mayNotify(role, queue));
            });
    return statements;
  }

  /** The bucket of this account alone: anyone may have one of another name. */
  private static Map<String, Object> mayNotify(String role, String queue) {
    return map(
        "Sid",
        "Notifications",
        "Effect",
        "Allow",
        "Principal",
        map("Service", "s3.amazonaws.com"),
        "Action",
        "sqs:SendMessage",
        "Resource",
        arn(queue(queue)),
        "Condition",
        map(
            "ArnEquals", map("aws:SourceArn", sub("arn:${AWS::Partition}:s3:::${Prefix}" + role)),
            "StringEquals", map("aws:SourceAccount", ref("AWS::AccountId"))));
  }
}
