// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Recent loads and the shards that there are -> the shards that there should be, if that is another
 * number and its time has come. More at once when the newest load needs them; fewer only when no
 * load of the whole pause needed what there is. At most twice as many and no less than half:
 * Kinesis allows no more in one step. A function of its arguments alone.
 */
final class ShardCount {
  private final ScalerSettings settings;

  ShardCount(ScalerSettings settings) {
    this.settings = settings;
  }

  OptionalInt decide(int shards, Instant lastChange, List<Load> loads, Instant now) {
    if (loads.isEmpty()) return OptionalInt.empty();
    Duration since = Duration.between(lastChange, now);
    int needed = needed(loads.get(loads.size() - 1));
    if (needed > shards && since.compareTo(settings.upPause()) >= 0) {
      return OptionalInt.of(Math.min(needed, shards * 2));
    }
    int peak = loads.stream().mapToInt(this::needed).max().orElse(shards);
    boolean knownLongEnough =
        Duration.between(loads.get(0).at(), now).compareTo(settings.downPause()) >= 0;
    if (peak < shards && knownLongEnough && since.compareTo(settings.downPause()) >= 0) {
      return OptionalInt.of(Math.max(peak, (shards + 1) / 2));
    }
    return OptionalInt.empty();
  }

  private int needed(Load load) {
    double shards =
        Math.max(
            load.bytesPerSecond() / settings.bytesPerShard(),
            load.recordsPerSecond() / settings.recordsPerShard());
    int count = (int) Math.ceil(shards / settings.busyShare());
    return Math.min(settings.most(), Math.max(settings.fewest(), count));
  }
}
