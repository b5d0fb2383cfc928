// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.ReportSpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the driver tells its executors, and itself. See {@link AggregateProperties} for the meaning
 * of each.
 *
 * @param startMillis start of the very first window; negative: at the stream's oldest record
 */
record AggregateSettings(
    String stream,
    String rejectedPipe,
    Duration window,
    Duration settle,
    long startMillis,
    int maxWindows,
    int partitions,
    long writerToken,
    StoreSettings store,
    List<ReportSpec> reports)
    implements Serializable {}
