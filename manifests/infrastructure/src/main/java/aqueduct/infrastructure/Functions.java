// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Element;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An element on Lambda: the function, and what fetches its input. */
final class Functions {
  private static final String ENRICH = "enrich";
  private static final int LONGEST_TIMEOUT = 900;
  private static final int FEWEST_CONCURRENT = 2; // AWS takes no less
  private final Topology topology;
  private final Template template;

  Functions(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
  }

  static String function(String element) {
    return id(element) + "Function";
  }

  static String logGroup(String element) {
    return id(element) + "Logs";
  }

  void write(String name, Element element) {
    logs(name, "/aws/lambda/${Prefix}" + name);
    template.resource(
        function(name),
        "AWS::Lambda::Function",
        map(
            "FunctionName", sub("${Prefix}" + name),
            "PackageType", "Image",
            "Code", map("ImageUri", image(name, element)),
            "ImageConfig", map("Command", List.of(name)),
            "Role", arn(Roles.role(name)),
            "Architectures", List.of(ref("Architecture")),
            "MemorySize", element.memory().toMegabytes(),
            "Timeout", timeout(name),
            "EphemeralStorage", map("Size", 512),
            "KmsKeyArn", arn("Key"),
            "LoggingConfig", map("LogGroup", ref(logGroup(name)), "LogFormat", "Text"),
            "Environment", map("Variables", environment(name, topology))),
        map("DependsOn", List.of(logGroup(name))));
    topology.inputs(name).forEach(pipe -> source(name, element, pipe));
  }

  /** The image of the container form, unchanged. */
  static Map<String, Object> image(String name, Element element) {
    return sub("${ImageRepository}/" + artifact(name, element) + ":${ImageTag}");
  }

  static String artifact(String name, Element element) {
    return element.artifact().isEmpty() ? name + "-fn" : element.artifact();
  }

  /** Where it is, and, for who enriches, what it enriches with. */
  static Map<String, Object> environment(String name, Topology topology) {
    Map<String, Object> variables = map("AQUEDUCT_PIPE_PREFIX", ref("Prefix"));
    if (topology.hostOf(ENRICH).equals(name)) {
      variables.put("AQUEDUCT_ENRICHMENT_DATASETS", sub("s3://${Prefix}datasets"));
      variables.put("AQUEDUCT_ENRICHMENT_VISITOR_KEYS", sub("s3://${Prefix}visitor-keys"));
    }
    return variables;
  }

  void logs(String element, String group) {
    template.resource(
        logGroup(element),
        "AWS::Logs::LogGroup",
        map("LogGroupName", sub(group), "RetentionInDays", 30, "KmsKeyId", arn("Key")));
  }

  /** As long as the slowest of its queues hides a message; a shard's batch gets five minutes. */
  private long timeout(String element) {
    return topology.inputs(element).stream()
        .map(topology::pipe)
        .map(pipe -> pipe.kind() == Pipe.Kind.SQS ? pipe.visibility() : Duration.ofMinutes(5))
        .mapToLong(Duration::toSeconds)
        .min()
        .orElse(LONGEST_TIMEOUT);
  }

  private void source(String name, Element element, String pipe) {
    Pipe.Kind kind = topology.pipe(pipe).kind();
    if (kind == Pipe.Kind.DIRECT) return;
    Map<String, Object> mapping =
        map(
            "FunctionName", ref(function(name)),
            "FunctionResponseTypes", List.of("ReportBatchItemFailures"));
    if (kind == Pipe.Kind.SQS) {
      mapping.putAll(
          map(
              "EventSourceArn", arn(Queues.queue(pipe)),
              "BatchSize", 10,
              "ScalingConfig",
                  map("MaximumConcurrency", Math.max(FEWEST_CONCURRENT, element.atMost()))));
    } else {
      mapping.putAll(shardReader(pipe));
    }
    template.resource(
        function(name) + "From" + id(pipe), "AWS::Lambda::EventSourceMapping", mapping);
  }

  /**
   * Poison is put aside by the function; what still fails is halved, retried and at last given up.
   */
  private Map<String, Object> shardReader(String pipe) {
    Duration retention = topology.pipe(pipe).retention();
    return map(
        "EventSourceArn",
        arn(Streams.stream(pipe)),
        "StartingPosition",
        "TRIM_HORIZON",
        "BatchSize",
        100,
        "MaximumBatchingWindowInSeconds",
        1,
        "ParallelizationFactor",
        2,
        "BisectBatchOnFunctionError",
        true,
        "MaximumRetryAttempts",
        100,
        "MaximumRecordAgeInSeconds",
        retention.minusHours(1).toSeconds(),
        "DestinationConfig",
        map("OnFailure", map("Destination", arn(Queues.queue(Queues.givenUp(pipe))))));
  }
}
