// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far the work is: a bar on a terminal, else a plain line every ten seconds. */
final class Meter implements AutoCloseable {
  private static final long LINE_EVERY = Duration.ofSeconds(10).toNanos();
  private final PrintStream out = System.err;
  private final String what;
  private final String unit;
  private final long started = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private long most;
  private long done;
  private long nextLine = started + LINE_EVERY;

  Meter(String what, String unit, long most) {
    this.what = what;
    this.unit = unit;
    this.most = most;
    bar = Terminal.isTerminal() ? bar() : null;
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setUnit(" " + unit, 1)
        .setInitialMax(most)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(250)
        .showSpeed()
        .build();
  }

  synchronized void add(long more) {
    at(done + more, most);
  }

  /** The work is at {@code position} of {@code of}, which may have grown. */
  synchronized void at(long position, long of) {
    done = position;
    most = of;
    if (bar != null) bar.maxHint(of).stepTo(position);
    else if (System.nanoTime() >= nextLine) line();
  }

  private void line() {
    nextLine = System.nanoTime() + LINE_EVERY;
    out.printf(Locale.ROOT, "%s: %,d of %,d %s%n", what, done, most, unit);
  }

  Duration taken() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  @Override
  public void close() {
    if (bar != null) bar.close();
  }
}
