// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.List;
import java.util.Map;

/** What a rule asks of an event -> whether the event is so. */
final class Condition {
  /** One subject's patterns, of which one must fit. */
  private interface Part {
    boolean fits(RawEvent event);
  }

  private final List<Part> parts;

  Condition(Map<Rule.Subject, List<String>> when) {
    parts = when.entrySet().stream().map(e -> part(e.getKey(), e.getValue())).toList();
  }

  boolean fits(RawEvent event) {
    for (Part part : parts) {
      if (!part.fits(event)) {
        return false;
      }
    }
    return true;
  }

  /** Throws IllegalArgumentException for a pattern that the subject cannot have. */
  static void check(Rule.Subject subject, String pattern) {
    if (subject == Rule.Subject.ADDRESS) {
      AddressRange.parse(pattern);
    } else if (subject == Rule.Subject.STATUS) {
      statuses(pattern);
    }
  }

  private static Part part(Rule.Subject subject, List<String> patterns) {
    return switch (subject) {
      case ADDRESS -> addresses(patterns.stream().map(AddressRange::parse).toList());
      case STATUS -> statuses(patterns.stream().map(Condition::statuses).toList());
      case HOST, AGENT, MIME_TYPE ->
          texts(subject.field, patterns.stream().map(Glob::ignoringCase).toList());
      default -> texts(subject.field, patterns.stream().map(Glob::of).toList());
    };
  }

  private static Part texts(int field, List<Glob> globs) {
    return event -> {
      for (Glob glob : globs) {
        if (glob.matches(event.log.buffer(), event.log.from(field), event.log.to(field))) {
          return true;
        }
      }
      return false;
    };
  }

  private static Part addresses(List<AddressRange> ranges) {
    return event -> {
      for (AddressRange range : ranges) {
        if (range.contains(event.client)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Part statuses(List<int[]> ranges) {
    return event -> {
      long status = event.log.number(Rule.Subject.STATUS.field);
      for (int[] range : ranges) {
        if (status >= range[0] && status <= range[1]) {
          return true;
        }
      }
      return false;
    };
  }

  private static int[] statuses(String pattern) {
    if (pattern.matches("[0-9]{1,3}")) {
      return new int[] {Integer.parseInt(pattern), Integer.parseInt(pattern)};
    }
    if (pattern.matches("[1-5]xx")) {
      int first = 100 * (pattern.charAt(0) - '0');
      return new int[] {first, first + 99};
    }
    if (pattern.matches("[0-9]{1,3}-[0-9]{1,3}")) {
      String[] ends = pattern.split("-", -1);
      return new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
    }
    throw new IllegalArgumentException(
        "status is " + pattern + ": must be like 404, 4xx or 400-499");
  }
}
