// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.map;
import static aqueduct.infrastructure.Cfn.ref;

import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A topology -> one template that makes all of it. The same topology gives the same text. */
public final class CloudFormation {
  private final Topology topology;
  private final Permissions permissions;
  private final Template template = new Template();

  private CloudFormation(Topology topology, Permissions permissions) {
    this.topology = topology;
    this.permissions = permissions;
  }

  public static String yaml(Topology topology, Permissions permissions) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(160);
    options.setSplitLines(false);
    return "# SPDX-License-Identifier: Apache-2.0\n"
        + "# Made from manifests/topology.yml: change that, then run make manifests.\n"
        + new Yaml(options).dump(body(topology, permissions));
  }

  /** The template as maps. */
  public static Map<String, Object> body(Topology topology, Permissions permissions) {
    return new CloudFormation(topology, permissions).write();
  }

  private Map<String, Object> write() {
    Set<String> unknown = topology.unknownElements();
    unknown.remove("operator");
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "pipes name elements that aqueduct.elements does not have: " + unknown);
    }
    parameters();
    new Storage(topology, template).write();
    new CloudFrontLogs(template).write();
    new Queues(topology, template).write();
    new Streams(topology, template).write();
    elements();
    new Alarms(topology, template).write();
    new Dashboard(topology, template).write();
    return template.body("Aqueduct: " + topology.name());
  }

  private void parameters() {
    template.parameter(
        "Prefix",
        "Put before every name, such as acme-logs-; bucket names are unique in the world",
        "AllowedPattern",
        "[a-z0-9][a-z0-9-]{1,30}-");
    template.parameter(
        "ImageRepository",
        "Registry and path of the images, such as"
            + " 123456789012.dkr.ecr.eu-west-1.amazonaws.com/aqueduct");
    template.parameter("ImageTag", "Version of the images", "Default", "0.1.0");
    template.parameter(
        "Architecture",
        "Processor of the images",
        "AllowedValues",
        List.of("x86_64", "arm64"),
        "Default",
        "x86_64");
    template.condition("OnArm", map("Fn::Equals", List.of(ref("Architecture"), "arm64")));
  }

  private void elements() {
    boolean containers = isThereAnyOn(RunsOn.ECS);
    Services services = new Services(topology, template);
    if (containers) {
      services.writeCluster();
      new Streams(topology, template).writeReadersTables();
    }
    Functions functions = new Functions(topology, template);
    Spark spark = new Spark(template, functions);
    if (isThereAnyOn(RunsOn.EMR)) spark.writeApplication();
    Roles roles = new Roles(topology, permissions, template);
    topology
        .elements()
        .forEach(
            (name, element) -> {
              if (!element.with().isEmpty()) return; // it runs in its host
              switch (element.runsOn()) {
                case LAMBDA -> functions.write(name, element);
                case ECS -> services.write(name, element);
                case EMR -> spark.write(name, element);
              }
              roles.write(name, element);
            });
  }

  private boolean isThereAnyOn(RunsOn place) {
    return topology.elements().values().stream()
        .anyMatch(element -> element.with().isEmpty() && element.runsOn() == place);
  }
}
