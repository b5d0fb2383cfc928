// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of CloudFormation. Maps keep the order in which they are written. */
final class Cfn {
  private Cfn() {}

  /** Names and values in turn. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  static Map<String, Object> ref(String name) {
    return map("Ref", name);
  }

  static Map<String, Object> sub(String text) {
    return map("Fn::Sub", text);
  }

  static Map<String, Object> arn(String resource) {
    return map("Fn::GetAtt", List.of(resource, "Arn"));
  }

  static Map<String, Object> arn(String resource, String attribute) {
    return map("Fn::GetAtt", List.of(resource, attribute));
  }

  /** {@code files-to-stream} -> {@code FilesToStream}: logical ids have letters and digits only. */
  static String id(String name) {
    StringBuilder id = new StringBuilder();
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        id.append(upper ? Character.toUpperCase(c) : c);
      }
      upper = !Character.isLetterOrDigit(c);
    }
    return id.toString();
  }
}
