// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

/**
 * A made log file.
 *
 * @param name as CloudFront would name it
 * @param gzip its bytes
 * @param expected what must be counted of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrafficFile(String name, byte[] gzip, Expected expected) {}
