// SPDX-License-Identifier: Apache-2.0
package aqueduct.router;

import aqueduct.logs.LogFile;
import aqueduct.logs.notice.ObjectNotice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices -> the queue of one environment. A required environment either has the notice on return,
 * or the call throws. Another one is tried a few times and then given up, and for a pause not even
 * tried: a queue that hangs costs the required ones at most its tries in every pause.
 */
final class Route {
  private static final Logger log = LoggerFactory.getLogger(Route.class);

  private final String environment;
  private final RouterProperties.Environment settings;
  private final Duration pause;
  private final NoticeSender sender;
  private final Clock clock;
  private volatile Instant pausedUntil = Instant.MIN;

  Route(
      String environment,
      RouterProperties.Environment settings,
      Duration pause,
      NoticeSender sender,
      Clock clock) {
    this.environment = environment;
    this.settings = settings;
    this.pause = pause;
    this.sender = sender;
    this.clock = clock;
  }

  enum Outcome {
    SENT,
    /** The environment takes a sample, and this file is not in it. */
    SAMPLED_OUT,
    GIVEN_UP;

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String environment() {
    return environment;
  }

  String binding() {
    return settings.binding();
  }

  boolean isRequired() {
    return settings.required();
  }

  Outcome send(ObjectNotice notice) {
    if (!isSampled(notice)) {
      return Outcome.SAMPLED_OUT;
    }
    if (isRequired()) {
      sender.send(settings.binding(), notice.toJson());
      return Outcome.SENT;
    }
    return clock.instant().isBefore(pausedUntil) ? Outcome.GIVEN_UP : tryToSend(notice);
  }

  private Outcome tryToSend(ObjectNotice notice) {
    for (int attempt = 1; attempt <= settings.tries(); attempt++) {
      try {
        sender.send(settings.binding(), notice.toJson());
        return Outcome.SENT;
      } catch (RuntimeException e) {
        log.warn("{}: try {} of {}: {}", environment, attempt, settings.tries(), e.toString());
      }
    }
    pausedUntil = clock.instant().plus(pause);
    return Outcome.GIVEN_UP;
  }

  /** By the hash of bucket and key: 64 bits as a fraction of all. */
  private boolean isSampled(ObjectNotice notice) {
    long hash = new LogFile(notice.bucket(), notice.key(), "", 0).fileId();
    double fraction = (hash >>> 11) * 0x1.0p-53;
    return fraction * 100 < settings.samplePercent();
  }
}
