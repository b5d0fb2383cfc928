// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.time.LocalDate;

/**
 * One version of one dataset, as its manifest states it.
 *
 * @param name such as {@code geo-city}, {@code user-agents}, {@code referrers}, {@code bots}
 * @param date the day from which its answers hold
 * @param file the file's name beside the manifest
 * @param sha256 lower-case hex of the whole file
 * @param size the file's length in bytes
 * @param licence SPDX id or short name
 * @param retention how long the version may be kept, in the words of {@link Retention}
 * @param destroyed whether the file is gone, as its licence demands, and only the manifest is left
 */
public record DatasetVersion(
    String name,
    LocalDate date,
    String file,
    String sha256,
    long size,
    String licence,
    String retention,
    boolean destroyed) {}
