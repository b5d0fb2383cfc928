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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An element on ECS (Fargate): the task, the service, and how it scales. */
final class Services {
  private static final int MEGABYTES_PER_VCPU = 2048;
  private final Topology topology;
  private final Template template;
  private final Functions functions;

  Services(Topology topology, Template template) {
    this.topology = topology;
    this.template = template;
    this.functions = new Functions(topology, template);
  }

  /** What all services share. */
  void writeCluster() {
    network(template);
    template.resource(
        "Cluster",
        "AWS::ECS::Cluster",
        map(
            "CapacityProviders", List.of("FARGATE", "FARGATE_SPOT"),
            "ClusterSettings", List.of(map("Name", "containerInsights", "Value", "enabled"))));
    template.resource(
        "StartRole",
        "AWS::IAM::Role",
        map(
            "AssumeRolePolicyDocument",
                map(
                    "Version",
                    "2012-10-17",
                    "Statement",
                    List.of(
                        map(
                            "Effect", "Allow",
                            "Principal", map("Service", "ecs-tasks.amazonaws.com"),
                            "Action", "sts:AssumeRole"))),
            "ManagedPolicyArns",
                List.of(
                    sub(
                        "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"))));
  }

  /** Where containers and Spark run. */
  static void network(Template template) {
    template.parameter(
        "Subnets",
        "Subnets of the containers and of Spark's jobs, which reach PostgreSQL from there",
        "Type",
        "List<AWS::EC2::Subnet::Id>");
    template.parameter(
        "SecurityGroups",
        "Security groups of both: they call out and are called by nobody",
        "Type",
        "List<AWS::EC2::SecurityGroup::Id>");
  }

  void write(String name, Element element) {
    functions.logs(name, "/aqueduct/${Prefix}" + name);
    template.resource(id(name) + "Task", "AWS::ECS::TaskDefinition", task(name, element));
    template.resource(
        id(name) + "Service",
        "AWS::ECS::Service",
        map(
            "ServiceName", sub("${Prefix}" + name),
            "Cluster", ref("Cluster"),
            "TaskDefinition", ref(id(name) + "Task"),
            "DesiredCount", 1,
            "CapacityProviderStrategy",
                List.of(
                    map("CapacityProvider", "FARGATE_SPOT", "Weight", 3),
                    map("CapacityProvider", "FARGATE", "Weight", 1)),
            "DeploymentConfiguration",
                map(
                    "MinimumHealthyPercent", 100,
                    "MaximumPercent", 200,
                    "DeploymentCircuitBreaker", map("Enable", true, "Rollback", true)),
            "NetworkConfiguration",
                map(
                    "AwsvpcConfiguration",
                    map(
                        "Subnets", ref("Subnets"),
                        "SecurityGroups", ref("SecurityGroups"),
                        "AssignPublicIp", "DISABLED"))));
    new Scaling(topology, template).write(name, element);
  }

  /** Not root, nothing to write on but /tmp, half a minute to finish its work. */
  private Map<String, Object> task(String name, Element element) {
    long memory = Math.max(1024, (element.memory().toMegabytes() + 1023) / 1024 * 1024);
    Map<String, Object> container =
        map(
            "Name",
            name,
            "Image",
            Functions.image(name, element),
            "Essential",
            true,
            "User",
            "1000",
            "ReadonlyRootFilesystem",
            true,
            "StopTimeout",
            60,
            "MountPoints",
            List.of(map("SourceVolume", "tmp", "ContainerPath", "/tmp")),
            "LinuxParameters",
            map("Capabilities", map("Drop", List.of("ALL"))),
            "Environment",
            environment(name, element),
            "LogConfiguration",
            map(
                "LogDriver",
                "awslogs",
                "Options",
                map(
                    "awslogs-group", ref(Functions.logGroup(name)),
                    "awslogs-region", ref("AWS::Region"),
                    "awslogs-stream-prefix", name)));
    return map(
        "Family", sub("${Prefix}" + name),
        "RequiresCompatibilities", List.of("FARGATE"),
        "NetworkMode", "awsvpc",
        "Cpu", Long.toString(Math.max(512, memory * 1024 / MEGABYTES_PER_VCPU)),
        "Memory", Long.toString(memory),
        "RuntimePlatform",
            map(
                "OperatingSystemFamily",
                "LINUX",
                "CpuArchitecture",
                map("Fn::If", List.of("OnArm", "ARM64", "X86_64"))),
        "TaskRoleArn", arn(Roles.role(name)),
        "ExecutionRoleArn", arn("StartRole"),
        "Volumes", List.of(map("Name", "tmp")),
        "ContainerDefinitions", List.of(container));
  }

  private List<Object> environment(String name, Element element) {
    Map<String, Object> variables = Functions.environment(name, topology);
    boolean sharesShards =
        element.atMost() > 1
            && topology.inputs(name).stream()
                .anyMatch(pipe -> topology.pipe(pipe).kind() == Pipe.Kind.KINESIS);
    if (sharesShards) {
      variables.put("AQUEDUCT_" + name.toUpperCase(java.util.Locale.ROOT) + "_LOCKS", "true");
    }
    List<Object> environment = new ArrayList<>();
    variables.forEach((key, value) -> environment.add(map("Name", key, "Value", value)));
    return environment;
  }
}
