// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.arn;
import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;
import static aqueduct.infrastructure.Cfn.sub;

import aqueduct.topology.Element;
import java.util.List;

/**
 * Elements on EMR Serverless: one application for all of them, which costs nothing while no job
 * runs. The jobs are started by the arbiter, or as manifests/emr says, with these roles.
 */
final class Spark {
  private static final int IDLE_MINUTES = 15;
  private final Template template;
  private final Functions functions;

  Spark(Template template, Functions functions) {
    this.template = template;
    this.functions = functions;
  }

  /** What all jobs share. */
  void writeApplication() {
    Services.network(template);
    template.parameter("SparkRelease", "Release of EMR Serverless that has Spark 4 on JDK 17");
    template.resource(
        "SparkApplication",
        "AWS::EMRServerless::Application",
        map(
            "Name", sub("${Prefix}spark"),
            "Type", "SPARK",
            "ReleaseLabel", ref("SparkRelease"),
            "Architecture", map("Fn::If", List.of("OnArm", "ARM64", "X86_64")),
            "AutoStartConfiguration", map("Enabled", true),
            "AutoStopConfiguration", map("Enabled", true, "IdleTimeoutMinutes", IDLE_MINUTES),
            "MaximumCapacity", map("Cpu", "32 vCPU", "Memory", "128 GB"),
            "NetworkConfiguration",
                map("SubnetIds", ref("Subnets"), "SecurityGroupIds", ref("SecurityGroups"))));
    template.output(
        "SparkApplicationId",
        "aqueduct.arbiter.emr-serverless.application, and --application-id of a job",
        arn("SparkApplication", "ApplicationId"));
  }

  void write(String name, Element element) {
    functions.logs(name, "/aqueduct/${Prefix}" + name);
    template.output(
        Roles.role(name) + "Arn",
        "--execution-role-arn of " + Functions.artifact(name, element),
        arn(Roles.role(name)));
  }
}
