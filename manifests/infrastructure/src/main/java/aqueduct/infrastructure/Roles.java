// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.id;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Element;
import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One role per element, which may do what it does and nothing else. */
final class Roles {
  private static final Set<String> OF_BUCKETS = Set.of("ListBucket", "ListBucketMultipartUploads");
  private final Topology topology;
  private final Permissions permissions;
  private final Template template;

  Roles(Topology topology, Permissions permissions, Template template) {
    this.topology = topology;
    this.permissions = permissions;
    this.template = template;
  }

  static String role(String element) {
    return id(element) + "Role";
  }

  void write(String name, Element element) {
    List<Object> statements = new ArrayList<>();
    permissions.own(name, topology).forEach(grant -> statements.addAll(statements(grant)));
    if (element.runsOn() == RunsOn.LAMBDA) {
      permissions.ofLambda(name, topology).forEach(grant -> statements.addAll(statements(grant)));
    }
    statements.add(
        map(
            "Sid",
            "Encryption",
            "Effect",
            "Allow",
            "Action",
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            "Resource",
            arn("Key")));
    statements.add(
        map(
            "Sid",
            "Logs",
            "Effect",
            "Allow",
            "Action",
            List.of("logs:CreateLogStream", "logs:PutLogEvents"),
            "Resource",
            sub("${" + Functions.logGroup(name) + ".Arn}")));
    template.resource(
        role(name),
        "AWS::IAM::Role",
        map(
            "AssumeRolePolicyDocument", trust(element.runsOn()),
            "Policies",
                List.of(
                    map(
                        "PolicyName",
                        name,
                        "PolicyDocument",
                        map("Version", "2012-10-17", "Statement", statements)))));
  }

  private static Map<String, Object> trust(RunsOn runsOn) {
    String service =
        switch (runsOn) {
          case LAMBDA -> "lambda.amazonaws.com";
          case ECS -> "ecs-tasks.amazonaws.com";
          case EMR -> "emr-serverless.amazonaws.com";
        };
    return map(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            map(
                "Effect", "Allow",
                "Principal", map("Service", service),
                "Action", "sts:AssumeRole")));
  }

  /** One statement; of S3 two, since buckets and objects are different things. */
  private static List<Object> statements(Grant grant) {
    if (!grant.service().equals("s3")) {
      return List.of(allow(grant, grant.actions(), resource(grant)));
    }
    String bucket = Storage.bucket(grant.resource());
    List<Object> both = new ArrayList<>();
    List<String> ofBucket = grant.actions().stream().filter(OF_BUCKETS::contains).toList();
    List<String> ofObjects =
        grant.actions().stream().filter(action -> !OF_BUCKETS.contains(action)).toList();
    if (!ofBucket.isEmpty()) both.add(allow(grant, ofBucket, arn(bucket)));
    if (!ofObjects.isEmpty()) both.add(allow(grant, ofObjects, sub("${" + bucket + ".Arn}/*")));
    return both;
  }

  private static Object allow(
      Grant grant, java.util.Collection<String> actions, Map<String, Object> resource) {
    return map(
        "Effect",
        "Allow",
        "Action",
        actions.stream().map(action -> grant.service() + ":" + action).toList(),
        "Resource",
        resource);
  }

  private static Map<String, Object> resource(Grant grant) {
    return switch (grant.service()) {
      case "sqs" -> arn(Queues.queue(grant.resource()));
      case "kinesis" -> arn(Streams.stream(grant.resource()));
      case "dynamodb" -> arn(Streams.table(grant.resource()));
      default -> throw new IllegalArgumentException("no such service: " + grant.service());
    };
  }
}
