// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Instant;

/**
 * What was written to a stream around an instant.
 *
 * @param bytesPerSecond over all shards
 * @param recordsPerSecond over all shards
 */
public record Load(Instant at, double bytesPerSecond, double recordsPerSecond) {}
