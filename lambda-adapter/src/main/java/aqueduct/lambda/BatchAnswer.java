// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ids that must come again -> the partial batch response of Lambda; none: all is done. */
final class BatchAnswer {

  private BatchAnswer() {}

  static byte[] json(List<String> failed) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    failed.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }
}
