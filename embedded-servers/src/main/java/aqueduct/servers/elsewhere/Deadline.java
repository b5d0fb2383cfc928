// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.elsewhere;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** A time limit -> waiting for something until it is true, and an error that says what was not. */
final class Deadline {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private final Duration limit;
  private final long end;

  Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Asks until the answer is yes; an answer that is an error of the SDK is no. */
  void await(String what, BooleanSupplier question) throws IOException {
    @Nullable SdkException last;
    do {
      last = null;
      try {
        if (question.getAsBoolean()) return;
      } catch (SdkException e) {
        last = e;
      }
      pause();
    } while (System.nanoTime() < end);
    String why = last == null ? "" : ": " + last.getMessage();
    throw new IOException(what + " within " + limit.toSeconds() + " s" + why, last);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting", e);
    }
  }
}
