// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * How far the stream was read: the end of a window, in milliseconds since the epoch. As JSON {@code
 * {"until":1764000000000}}.
 */
final class WindowOffset extends Offset {
  final long until;

  WindowOffset(long until) {
    this.until = until;
  }

  /** After a restart Spark hands back its own offset class: only the JSON is ours. */
  static WindowOffset of(Offset offset) {
    return offset instanceof WindowOffset own ? own : parse(offset.json());
  }

  static WindowOffset parse(String json) {
    String digits = json.replaceAll("[^0-9]", "");
    if (!json.contains("until") || digits.isEmpty()) {
      throw new IllegalArgumentException(
          "not an offset of " + KinesisWindowSource.NAME + ": " + json);
    }
    return new WindowOffset(Long.parseLong(digits));
  }

  @Override
  public String json() {
    return "{\"until\":" + until + "}";
  }
}
