// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a step is, at what rate and how long yet: a line every few seconds, on its own thread.
 */
final class Progress implements AutoCloseable {
  private static final long EVERY_MS = 5000;
  private final PrintStream out;
  private final String what;
  private final long most;
  private final java.util.function.LongSupplier done;
  private final long started = System.nanoTime();
  private final Thread thread;

  private Progress(PrintStream out, String what, long most, java.util.function.LongSupplier done) {
    this.out = out;
    this.what = what;
    this.most = most;
    this.done = done;
    thread = new Thread(this::watch, "progress");
    thread.setDaemon(true);
  }

  /** Begins to tell; {@code done} is asked for the lines or rows that are done. */
  static Progress of(String what, long most, java.util.function.LongSupplier done) {
    Progress progress = new Progress(System.err, what, most, done);
    progress.thread.start();
    return progress;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY_MS);
        out.println(line(what, done.getAsLong(), most, taken()));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  Duration taken() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** One line of progress. */
  static String line(String what, long done, long most, Duration taken) {
    double seconds = Math.max(0.001, taken.toMillis() / 1e3);
    double rate = done / seconds;
    @Nullable String left =
        done == 0 || done >= most
            ? null
            : String.format(Locale.ROOT, ", %,.0f s left", (most - done) / rate);
    return String.format(Locale.ROOT, "%s: %,d of %,d, %,.0f/s", what, done, most, rate)
        + (left == null ? "" : left);
  }

  @Override
  public void close() {
    thread.interrupt();
    Duration taken = taken();
    if (taken.toMillis() >= EVERY_MS) {
      out.println(line(what, done.getAsLong(), most, taken));
    }
  }
}
