// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;

/** A text of an event that a rule fits -> another text. */
final class TextEdit {
  private final Condition condition;
  private final int field;
  private final Glob pattern;
  private final byte[][] literals;
  private final byte[] star;
  private final boolean lowerCase;
  private final int[] stars;
  private final ByteSlice result = new ByteSlice();

  private TextEdit(Condition condition, Rule.Edit edit, String with, byte[] star) {
    this.condition = condition;
    this.field = edit.subject().field;
    this.pattern =
        edit.subject() == Rule.Subject.HOST
            ? Glob.ignoringCase(edit.pattern())
            : Glob.of(edit.pattern());
    this.lowerCase = edit.lowerCase();
    this.stars = new int[2 * pattern.stars()];
    this.star = star;
    String[] parts = with.split("\\*", -1);
    literals = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      literals[i] = parts[i].getBytes(StandardCharsets.UTF_8);
    }
    if (literals.length - 1 > pattern.stars()) {
      throw new IllegalArgumentException(
          "'" + with + "' has more stars than the pattern '" + edit.pattern() + "'");
    }
  }

  static TextEdit of(Rule.Edit edit, Rule.Action action, Condition condition) {
    return action == Rule.Action.MASK
        ? new TextEdit(
            condition,
            edit,
            edit.pattern().replaceAll("\\*+", "*"),
            Rule.Edit.MASKED.getBytes(StandardCharsets.UTF_8))
        : new TextEdit(condition, edit, edit.with(), new byte[0]);
  }

  void apply(RawEvent event, ChangedMessage message) {
    if (message.length(field) == 0
        || !condition.fits(event)
        || !pattern.match(message.buffer(field), message.from(field), message.to(field), stars)) {
      return;
    }
    result.clear();
    byte[] text = message.buffer(field);
    for (int i = 0; i < literals.length; i++) {
      result.append(literals[i]);
      if (i + 1 < literals.length) {
        if (star.length > 0) {
          result.append(star);
        } else {
          result.append(text, stars[2 * i], stars[2 * i + 1]);
        }
      }
    }
    if (lowerCase) {
      result.lowerCase();
    }
    message.set(field, result);
  }
}
