// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

/** A record of a stream as it lies in its shard. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamRecord(String sequenceNumber, byte[] data) {}
