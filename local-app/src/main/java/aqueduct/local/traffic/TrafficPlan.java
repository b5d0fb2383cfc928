// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What traffic to make. The same plan gives the same bytes.
 *
 * @param events log lines, damaged ones included
 * @param seed of all choices
 * @param start of the first event
 * @param rate events per second of event time
 * @param mix of user agents
 * @param badPercent of the lines that are damaged, 0 to 100
 * @param fields columns of a line, 12 to 33
 */
public record TrafficPlan(
    long events, long seed, Instant start, double rate, Mix mix, double badPercent, int fields) {
  private static final long MOST_LINES = 60_000;
  private static final long HOUR = 3600;

  /** How many agents are rare: 3.5 % of the requests (typical) or 15 % (stress). */
  public enum Mix {
    TYPICAL(35, 30_000),
    STRESS(150, 140_000);

    final int rarePerMille;
    final int rareAgents;

    Mix(int rarePerMille, int rareAgents) {
      this.rarePerMille = rarePerMille;
      this.rareAgents = rareAgents;
    }
  }

  public TrafficPlan {
    require(events > 0 && events <= 2_000_000_000L, "events", events, "1 to 2000000000");
    require(rate >= 0.001 && rate <= 10_000_000, "rate", rate, "0.001 to 10000000");
    require(badPercent >= 0 && badPercent <= 100, "bad", badPercent, "0 to 100");
    require(fields >= 12 && fields <= 33, "fields", fields, "12 to 33");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) throw new IllegalArgumentException(name + " is " + value + ": must be " + range);
  }

  /** One stretch of time within one hour, as one file of each site. */
  record Slice(int number, Instant from, double seconds, long events) {}

  List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    long first = 0;
    while (first < events) {
      double offset = first / rate;
      Instant from = start.plusNanos((long) (offset * 1e9));
      double hourLeft = HOUR - Math.floorMod(from.getEpochSecond(), HOUR) - from.getNano() / 1e9;
      long count = Math.max(1, Math.min(MOST_LINES, (long) Math.ceil(hourLeft * rate)));
      count = Math.min(count, events - first);
      slices.add(new Slice(slices.size(), from, Math.min(count / rate, hourLeft), count));
      first += count;
    }
    return slices;
  }
}
