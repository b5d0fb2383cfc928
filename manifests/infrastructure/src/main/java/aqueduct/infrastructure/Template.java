// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static aqueduct.infrastructure.Cfn.map;

import java.util.LinkedHashMap;
import java.util.Map;

/** A CloudFormation template that is being written. A resource is added once. */
final class Template {
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final Map<String, Object> conditions = new LinkedHashMap<>();
  private final Map<String, Object> resources = new LinkedHashMap<>();
  private final Map<String, Object> outputs = new LinkedHashMap<>();

  void parameter(String name, String description, Object... more) {
    Map<String, Object> parameter = map("Type", "String", "Description", description);
    parameter.putAll(map(more));
    parameters.put(name, parameter);
  }

  void condition(String name, Map<String, Object> condition) {
    conditions.put(name, condition);
  }

  void output(String name, String description, Object value) {
    outputs.put(name, map("Description", description, "Value", value));
  }

  void resource(String id, String type, Map<String, Object> properties) {
    resource(id, type, properties, Map.of());
  }

  /**
   * Adds a resource.
   *
   * @param attributes what stands beside its properties: DependsOn, DeletionPolicy, Condition
   */
  void resource(
      String id, String type, Map<String, Object> properties, Map<String, Object> attributes) {
    Map<String, Object> resource = map("Type", type);
    resource.putAll(attributes);
    resource.put("Properties", properties);
    if (resources.put(id, resource) != null) {
      throw new IllegalStateException("two resources have the id " + id);
    }
  }

  /** The whole template as maps. */
  Map<String, Object> body(String description) {
    Map<String, Object> body =
        map("AWSTemplateFormatVersion", "2010-09-09", "Description", description);
    body.put("Parameters", parameters);
    if (!conditions.isEmpty()) body.put("Conditions", conditions);
    body.put("Resources", resources);
    body.put("Outputs", outputs);
    return body;
  }
}
