// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;

import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.List;
import java.util.Map;

/** What a person must hear of: work that waits too long, was given up, or is refused. */
final class Alarms {
  private static final int HOUR_SECONDS = 3600;
  private static final int TEN_MINUTES_MILLIS = 600_000;
  private final Topology topology;
  private final Template template;

  Alarms(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  void write() {
    template.resource("AlarmTopic", "AWS::SNS::Topic", map("KmsMasterKeyId", ref("Key")));
    topology.pipes().forEach(this::pipe);
    topology
        .elements()
        .forEach(
            (name, element) -> {
              if (element.runsOn() == RunsOn.LAMBDA && element.with().isEmpty()) {
                alarm(
                    id(name) + "Errors",
                    name + ": invocations fail; see its log group",
                    Metrics.function(name, "Errors", "Sum"),
                    10,
                    3);
              }
            });
  }

  private void pipe(String name, Pipe pipe) {
    if (pipe.kind() == Pipe.Kind.SQS) queue(name, pipe);
    if (pipe.kind() == Pipe.Kind.KINESIS) stream(name, pipe);
  }

  private void queue(String name, Pipe pipe) {
    if (!pipe.to().isEmpty()) {
      alarm(
          id(name) + "Waits",
          name + ": the oldest message waits for an hour; does its reader run, and does it fail?",
          Metrics.queue(name, "ApproximateAgeOfOldestMessage", "Maximum"),
          HOUR_SECONDS,
          1);
    }
    if (!pipe.deadLetter().isEmpty()) givenUp(pipe.deadLetter());
  }

  private void givenUp(String queue) {
    alarm(
        id(queue) + "Filled",
        queue + ": messages were given up; look at them, mend the cause, redrive them",
        Metrics.queue(queue, "ApproximateNumberOfMessagesVisible", "Maximum"),
        0,
        1);
  }

  private void stream(String name, Pipe pipe) {
    if (!pipe.to().isEmpty()) {
      alarm(
          id(name) + "Behind",
          name + ": its readers are ten minutes behind; add shards or parallelisation",
          Metrics.stream(name, "GetRecords.IteratorAgeMilliseconds", "Maximum"),
          TEN_MINUTES_MILLIS,
          3);
    }
    alarm(
        id(name) + "Throttled",
        name
            + ": writes are refused for a quarter of an hour; add shards (they are sent again, nothing is lost)",
        Metrics.stream(name, "WriteProvisionedThroughputExceeded", "Sum"),
        100,
        3);
    if (pipe.to().stream()
        .map(topology.elements()::get)
        .anyMatch(e -> e != null && e.runsOn() == RunsOn.LAMBDA)) {
      givenUp(Queues.givenUp(name));
    }
  }

  private void alarm(
      String id, String description, Map<String, Object> metric, int above, int periods) {
    Map<String, Object> properties =
        map("AlarmDescription", description, "AlarmActions", List.of(ref("AlarmTopic")));
    properties.putAll(metric);
    properties.putAll(
        map(
            "Period",
            300,
            "EvaluationPeriods",
            periods,
            "Threshold",
            above,
            "ComparisonOperator",
            "GreaterThanThreshold",
            "TreatMissingData",
            "notBreaching"));
    template.resource(id + "Alarm", "AWS::CloudWatch::Alarm", properties);
  }
}
