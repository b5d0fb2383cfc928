// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/** Text -> a JSON string that no terminal, log or page can be tricked with. */
final class JsonText {
  private JsonText() {}

  /** Appends {@code text} in quotes and returns {@code json}. */
  static StringBuilder string(String text, StringBuilder json) {
    json.append('"');
    text.codePoints().forEach(point -> append(point, json));
    return json.append('"');
  }

  private static void append(int point, StringBuilder json) {
    if (point == '"' || point == '\\') {
      json.append('\\').append((char) point);
    } else if (isUnsafe(point)) {
      for (char unit : Character.toChars(point)) {
        json.append(String.format("\\u%04x", (int) unit));
      }
    } else {
      json.appendCodePoint(point);
    }
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
