// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.RawLogMask;
import aqueduct.logs.Codec;
import aqueduct.logs.EventMask;
import aqueduct.logs.ReadLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of workers: those of production where a test does not ask for others. */
final class Workers {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private Workers() {}

  static StreamSettings named(String worker) {
    return settings(worker, LEASE, Codec.ZSTD, Optional.empty());
  }

  static StreamSettings leasing(Duration lease) {
    return settings("a", lease, Codec.ZSTD, Optional.empty());
  }

  static StreamSettings masking(EnrichmentSettings masking) {
    return settings("a", LEASE, Codec.KPL, Optional.of(() -> new RawLogMask(masking)));
  }

  private static StreamSettings settings(
      String worker, Duration lease, Codec codec, Optional<Supplier<EventMask>> masks) {
    return new StreamSettings(
        worker, lease, codec, ReadLimits.defaults(), "raw-logs", "rejected-logs", masks);
  }
}
