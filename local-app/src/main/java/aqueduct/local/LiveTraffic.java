// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.LocalSystem;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.local.traffic.TrafficPlan;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.core.sync.RequestBody;

/** Time that passes -> small log files of it in the ingest bucket. */
final class LiveTraffic {
  static final Duration EVERY = Duration.ofSeconds(3);
  private final Traffic traffic = new Traffic();
  private final LocalSystem system;
  private final double rate;
  private long files;
  private long events;

  LiveTraffic(LocalSystem system, double rate) {
    this.system = system;
    this.rate = rate;
  }

  /** Sends what happened up to now. */
  void send(Instant now) {
    long count = Math.round(rate * EVERY.toMillis() / 1000);
    if (count == 0) return;
    TrafficPlan plan =
        new TrafficPlan(
            count, now.toEpochMilli(), now.minus(EVERY), rate, TrafficPlan.Mix.TYPICAL, 0, 33);
    traffic.files(plan).sequential().forEach(this::put);
  }

  private void put(TrafficFile file) {
    system
        .s3()
        .putObject(
            request -> request.bucket(system.topology().ingest()).key(file.name()),
            RequestBody.fromBytes(file.gzip()));
    files++;
    events += file.expected().lines();
  }

  long files() {
    return files;
  }

  long events() {
    return events;
  }
}
