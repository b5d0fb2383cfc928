// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.lake.LakeSettings;
import aqueduct.logs.ReadLimits;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.enrichment.EnrichmentProperties;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the driver tells its executors, and itself. See {@link CorrectionProperties} for the meaning
 * of each.
 *
 * @param raw address of the raw store
 * @param limits of reading a raw file, which must be streamify's
 */
record CorrectionSettings(
    String raw,
    String rejected,
    Duration grace,
    Duration lateness,
    double alarm,
    int partitions,
    int dictionary,
    int pages,
    Database database,
    LakeSettings lake,
    EnrichmentProperties enrichment,
    ReadLimits limits,
    List<ReportSpec> reports)
    implements Serializable {}
