// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import org.jspecify.annotations.Nullable;

/**
 * What answers for one day, opened.
 *
 * @param places what is known of people and their addresses
 * @param agents what is known of user agents
 * @param referrers the referrers' list
 * @param suffixes the public suffixes
 * @param stamp encoded fields that every event of the day gets: versions used, datasets missing,
 *     settings
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DayDatasets(
    Places places, Agents agents, ReferrerList referrers, PublicSuffixes suffixes, byte[] stamp) {

  /**
   * What is known by address.
   *
   * @param city absent if no version is dated on or before the day
   * @param networks autonomous systems
   * @param dayKey the key of the day's visitor ids; absent if it was destroyed
   * @param lastingKey the key of lasting visitor ids; absent if it was destroyed
   */
  record Places(
      @Nullable AddressDatabase<byte[]> city,
      Networks networks,
      byte @Nullable [] dayKey,
      byte @Nullable [] lastingKey) {}

  @Nullable AddressDatabase<byte[]> city() {
    return places.city;
  }

  Networks networks() {
    return places.networks;
  }

  byte @Nullable [] dayKey() {
    return places.dayKey;
  }

  byte @Nullable [] lastingKey() {
    return places.lastingKey;
  }
}
