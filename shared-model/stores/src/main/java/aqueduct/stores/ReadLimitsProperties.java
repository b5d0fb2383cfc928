// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores;

import aqueduct.logs.ReadLimits;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much of a log file is read, by all that read it: streamify and the correction must have the
 * same, or a day is corrected to other lines than were counted.
 *
 * @param maxBytes most bytes that a file may unpack to
 * @param maxRatio most bytes out per byte in, after the first MiB
 * @param maxLine longest line; header lines may have 256 KiB in any case
 */
@Validated
@ConfigurationProperties("aqueduct.read-limits")
public record ReadLimitsProperties(
    @DefaultValue("2GB") DataSize maxBytes,
    @DefaultValue("200") @Min(10) @Max(1032) int maxRatio,
    @DefaultValue("256KB") DataSize maxLine) {

  /** The defaults. */
  public static ReadLimitsProperties defaults() {
    return new Binder().bindOrCreate("aqueduct.read-limits", ReadLimitsProperties.class);
  }

  @AssertTrue(message = "aqueduct.read-limits.max-line must be 1B to 64MB")
  boolean isMaxLineInRange() {
    return maxLine.toBytes() >= 1 && maxLine.compareTo(DataSize.ofMegabytes(64)) <= 0;
  }

  @AssertTrue(message = "aqueduct.read-limits.max-bytes must be more than nothing")
  boolean isMaxBytesInRange() {
    return maxBytes.toBytes() >= 1;
  }

  /** The limits. Throws IllegalArgumentException that names what is out of range. */
  public ReadLimits limits() {
    return new ReadLimits(maxBytes.toBytes(), maxRatio, Math.toIntExact(maxLine.toBytes()));
  }
}
