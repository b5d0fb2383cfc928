// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.RawLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done to the events that it fits, before anything is added to them.
 *
 * @param action what is done
 * @param when what an event must be: of each subject one of the patterns must fit; without any, all
 *     events
 * @param edit how the text is changed, for MASK and NORMALISE
 */
public record Rule(Action action, Map<Subject, List<String>> when, Optional<Edit> edit) {

  /** What a rule does. */
  public enum Action {
    /** Leaves the event out and counts it under the rule's name. */
    DROP,
    /** Keeps the event, whatever rules would drop it. */
    KEEP,
    /** Replaces what the pattern's stars stand for by {@value Edit#MASKED}. */
    MASK,
    /** Replaces the text by another. */
    NORMALISE
  }

  /** What a rule looks at. */
  public enum Subject {
    PATH(RawLog.URL_PATH_FIELD_NUMBER),
    HOST(RawLog.URL_DOMAIN_FIELD_NUMBER),
    QUERY(RawLog.QUERY_FIELD_NUMBER),
    REFERRER(RawLog.REFERRER_FIELD_NUMBER),
    AGENT(RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER),
    METHOD(RawLog.HTTP_REQUEST_METHOD_FIELD_NUMBER),
    MIME_TYPE(RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER),
    /** {@code 404}, {@code 4xx} or {@code 400-499}. */
    STATUS(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER),
    /** Of the client, as a range: {@code 192.0.2.0/24}. */
    ADDRESS(RawLog.CLIENT_IP_FIELD_NUMBER);

    final int field;

    Subject(int field) {
      this.field = field;
    }

    boolean isText() {
      return this != STATUS && this != ADDRESS;
    }
  }

  /**
   * A change of a text.
   *
   * @param subject path, host, query or referrer
   * @param pattern the texts that are changed; {@code *} is any run
   * @param with the new text, in which each {@code *} is what the pattern's star of that place
   *     stood for
   * @param lowerCase whether ASCII letters are made small
   */
  public record Edit(Subject subject, String pattern, String with, boolean lowerCase) {
    static final String MASKED = "[masked]";

    public Edit {
      if (subject != Subject.PATH
          && subject != Subject.HOST
          && subject != Subject.QUERY
          && subject != Subject.REFERRER) {
        throw new IllegalArgumentException(
            "a rule changes " + subject + ": it can change path, host, query and referrer");
      }
    }
  }

  public Rule {
    when = Ordered.map(when);
    if (edit.isPresent() != (action == Action.MASK || action == Action.NORMALISE)) {
      throw new IllegalArgumentException(
          action + " rules " + (edit.isPresent() ? "change no text" : "need a text to change"));
    }
    if (when.isEmpty() && action == Action.DROP) {
      throw new IllegalArgumentException("a rule would drop every event: say which, under 'when'");
    }
    when.forEach((subject, patterns) -> patterns.forEach(p -> Condition.check(subject, p)));
  }
}
