// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Element;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.List;
import java.util.Map;

/**
 * More containers while work waits (queue depth, age of a stream's reader), fewer when none does.
 */
final class Scaling {
  /** Files that one container streams in some seconds. */
  private static final int MESSAGES_PER_CONTAINER = 50;

  private static final int MILLISECONDS_BEHIND = 60_000;
  private final Topology topology;
  private final Template template;

  Scaling(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  void write(String element, Element how) {
    String target = id(element) + "Scaling";
    template.resource(
        target,
        "AWS::ApplicationAutoScaling::ScalableTarget",
        map(
            "ServiceNamespace",
            "ecs",
            "ScalableDimension",
            "ecs:service:DesiredCount",
            "ResourceId",
            map(
                "Fn::Join",
                List.of(
                    "/",
                    List.of(
                        "service",
                        ref("Cluster"),
                        map("Fn::GetAtt", List.of(id(element) + "Service", "Name"))))),
            "MinCapacity",
            1,
            "MaxCapacity",
            how.atMost()));
    for (String pipe : topology.inputs(element)) {
      if (topology.pipe(pipe).kind() != Pipe.Kind.DIRECT) {
        template.resource(
            target + "By" + id(pipe),
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            map(
                "PolicyName", sub("${Prefix}" + element + "-" + pipe),
                "PolicyType", "TargetTrackingScaling",
                "ScalingTargetId", ref(target),
                "TargetTrackingScalingPolicyConfiguration", tracking(pipe)));
      }
    }
  }

  private Map<String, Object> tracking(String pipe) {
    boolean queue = topology.pipe(pipe).kind() == Pipe.Kind.SQS;
    Map<String, Object> metric =
        queue
            ? Metrics.queue(pipe, "ApproximateNumberOfMessagesVisible", "Average")
            : Metrics.stream(pipe, "GetRecords.IteratorAgeMilliseconds", "Maximum");
    return map(
        "CustomizedMetricSpecification",
        metric,
        "TargetValue",
        queue ? MESSAGES_PER_CONTAINER : MILLISECONDS_BEHIND,
        "ScaleOutCooldown",
        60,
        "ScaleInCooldown",
        300);
  }
}
