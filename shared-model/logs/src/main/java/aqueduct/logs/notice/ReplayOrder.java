// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator's order to take a kept file through the pipeline again, as a message: {@code
 * {"bucket": ..., "key": ..., "lines": [3, 17]}}.
 *
 * @param bucket the file's bucket
 * @param key its key
 * @param scope what of it
 * @param lines the lines of {@link Scope#LINES}, else empty
 */
public record ReplayOrder(String bucket, String key, Scope scope, List<Integer> lines) {
  /** More would not fit a message of SQS. */
  public static final int MOST_LINES = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What of a file is taken again. */
  public enum Scope {
    /** Every chunk, under its own id: those that were applied before change nothing. */
    CHUNKS,
    /** The given lines, which were rejected before. */
    LINES,
    /** Every line: none of the file was an event before. */
    ALL_LINES
  }

  public ReplayOrder {
    lines = List.copyOf(lines);
    if (lines.size() > MOST_LINES || (scope == Scope.LINES) == lines.isEmpty()) {
      throw new IllegalArgumentException(
          "an order for " + scope + " of " + lines.size() + " lines: give 1 to " + MOST_LINES);
    }
  }

  /** Reads a message. Throws IllegalArgumentException that says what is wrong with it. */
  public static ReplayOrder read(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("the order is not JSON");
    }
    if (!json.path("bucket").isTextual() || !json.path("key").isTextual()) {
      throw new IllegalArgumentException("the order names no bucket and key");
    }
    List<Integer> lines = new ArrayList<>();
    json.path("lines").forEach(line -> lines.add(line.asInt()));
    Scope scope = Scope.CHUNKS;
    if (json.path("lines").asText().equals("all")) {
      scope = Scope.ALL_LINES;
    } else if (json.has("lines")) {
      scope = Scope.LINES;
    }
    return new ReplayOrder(json.get("bucket").asText(), json.get("key").asText(), scope, lines);
  }

  /** The message that {@link #read} reads. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode().put("bucket", bucket).put("key", key);
    if (scope == Scope.ALL_LINES) {
      json.put("lines", "all");
    }
    if (scope == Scope.LINES) {
      ArrayNode array = json.putArray("lines");
      lines.forEach(array::add);
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can always be written", e);
    }
  }
}
