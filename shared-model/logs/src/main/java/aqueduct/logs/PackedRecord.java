// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

/**
 * One Kinesis record, ready to send: a whole chunk in KPL format.
 *
 * @param partitionKey the chunk id; the one key of all its user records
 * @param data at most the stream's record limit (1 MiB by default), key included
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
public record PackedRecord(String partitionKey, byte[] data) {}
