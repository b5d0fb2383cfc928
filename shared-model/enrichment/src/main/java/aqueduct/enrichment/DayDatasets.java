// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import org.jspecify.annotations.Nullable;

/**
 * The datasets that answer for one day, opened.
 *
 * @param city absent if no version is dated on or before the day
 * @param stamp encoded fields that every event of the day gets: versions used, datasets missing,
 *     settings
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DayDatasets(
    @Nullable CityDatabase city, Agents agents, ReferrerList referrers, byte[] stamp) {}
