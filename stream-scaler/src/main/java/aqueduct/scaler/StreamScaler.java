// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Clock;
import java.time.Instant;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * One stream, looked at again and again -> resharded when its load asks for it. Kinesis splits and
 * merges; records of closed shards stay readable, so readers lose nothing and read nothing twice. A
 * change that Kinesis refuses (one is under way, ten were made today) is tried at a later look.
 * After a start the first pauses count from it.
 */
public final class StreamScaler {
  private static final Logger log = LoggerFactory.getLogger(StreamScaler.class);
  private final KinesisClient kinesis;
  private final String stream;
  private final ScalerSettings settings;
  private final LoadMeter meter;
  private final Clock clock;
  private Instant lastChange;

  public StreamScaler(
      KinesisClient kinesis, String stream, ScalerSettings settings, LoadMeter meter, Clock clock) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.settings = settings;
    this.meter = meter;
    this.clock = clock;
    this.lastChange = clock.instant();
  }

  /** Looks once; answers the number of shards that was asked for, if one was. */
  public OptionalInt look() {
    StreamDescriptionSummary now =
        kinesis.describeStreamSummary(r -> r.streamName(stream)).streamDescriptionSummary();
    if (now.streamStatus() != StreamStatus.ACTIVE) return OptionalInt.empty();
    Instant time = clock.instant();
    OptionalInt wanted =
        new ShardCount(settings)
            .decide(
                now.openShardCount(),
                lastChange,
                meter.recent(stream, time, settings.downPause().plus(settings.upPause())),
                time);
    return wanted.isPresent() ? change(now.openShardCount(), wanted.getAsInt(), time) : wanted;
  }

  private OptionalInt change(int from, int to, Instant time) {
    try {
      kinesis.updateShardCount(
          r -> r.streamName(stream).targetShardCount(to).scalingType(ScalingType.UNIFORM_SCALING));
    } catch (LimitExceededException | ResourceInUseException e) {
      log.warn("{}: {} shards instead of {} not now: {}", stream, to, from, e.getMessage());
      return OptionalInt.empty();
    }
    log.info("{}: {} shards instead of {}", stream, to, from);
    lastChange = time;
    return OptionalInt.of(to);
  }
}
