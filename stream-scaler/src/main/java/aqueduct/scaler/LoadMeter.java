// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where the load is known from; in production {@link CloudWatchMeter}. */
public interface LoadMeter {

  /** The loads of the time before {@code now}, oldest first; none where nothing is known. */
  List<Load> recent(String stream, Instant now, Duration back);
}
