// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event -> the name of the rule that leaves it out; or the event with its texts normalised and
 * masked. Rules do not depend on their order: one KEEP outweighs every DROP, of several DROPs the
 * first by name is counted, and texts are changed by NORMALISE, then MASK, each in the order of
 * their names. Then personal data are masked and columns that must not travel go.
 */
final class Cleaning {
  private record Named(String name, Condition condition) {}

  private final Named[] keep;
  private final Named[] drop;
  private final TextEdit[] edits;
  private final PersonalData personal;
  private final DroppedColumns droppedColumns;
  private final ChangedMessage changed = new ChangedMessage();

  Cleaning(Map<String, Rule> rules, PrivacySettings privacy) {
    personal = new PersonalData(privacy.masks());
    droppedColumns = new DroppedColumns(privacy.droppedColumns());
    keep = named(rules, Rule.Action.KEEP);
    drop = named(rules, Rule.Action.DROP);
    edits =
        Stream.of(Rule.Action.NORMALISE, Rule.Action.MASK)
            .flatMap(action -> edits(rules, action))
            .toArray(TextEdit[]::new);
  }

  private static Named[] named(Map<String, Rule> rules, Rule.Action action) {
    return rules.entrySet().stream()
        .filter(rule -> rule.getValue().action() == action)
        .map(rule -> new Named(rule.getKey(), new Condition(rule.getValue().when())))
        .toArray(Named[]::new);
  }

  private static Stream<TextEdit> edits(Map<String, Rule> rules, Rule.Action action) {
    return rules.values().stream()
        .filter(rule -> rule.action() == action)
        .flatMap(
            rule ->
                rule.edit().stream()
                    .map(edit -> TextEdit.of(edit, action, new Condition(rule.when()))));
  }

  /** The name of the rule by which the event is left out; null if it stays, cleaned. */
  @Nullable String clean(RawEvent event) {
    String dropped = droppedBy(event);
    if (dropped == null) {
      changed.start(event.log);
      for (TextEdit edit : edits) {
        edit.apply(event, changed);
      }
      mask(RawLog.URL_PATH_FIELD_NUMBER);
      mask(RawLog.CDN_FUNCTION_DATA_FIELD_NUMBER);
      if (event.log.has(RawLog.EXTRA_FIELD_NUMBER)) {
        columns(event);
      }
      changed.finish(event);
    }
    return dropped;
  }

  private @Nullable String droppedBy(RawEvent event) {
    for (Named rule : drop) {
      if (rule.condition.fits(event)) {
        return kept(event) ? null : rule.name;
      }
    }
    return null;
  }

  private boolean kept(RawEvent event) {
    for (Named rule : keep) {
      if (rule.condition.fits(event)) {
        return true;
      }
    }
    return false;
  }

  private void mask(int field) {
    if (changed.length(field) > 0
        && personal.mask(changed.buffer(field), changed.from(field), changed.to(field))) {
      changed.set(field, personal.masked());
    }
  }

  /** The entries of {@code extra}: some go, and the others may hold personal data too. */
  private void columns(RawEvent event) {
    ExtraEntry entry = new ExtraEntry();
    for (int i = 0; i < event.log.fields(); i++) {
      if (event.log.numberAt(i) == RawLog.EXTRA_FIELD_NUMBER) {
        entry.read(event.log, i);
        if (droppedColumns.has(event.log.buffer(), entry.keyFrom(), entry.keyTo())) {
          changed.drop(i);
        } else if (personal.mask(event.log.buffer(), entry.valueFrom(), entry.valueTo())) {
          changed.replaceEntry(i, entry, personal.masked());
        }
      }
    }
  }
}
