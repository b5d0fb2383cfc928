// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.math.BigInteger;

/** One record of a put, checked, not yet stored. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(String partitionKey, BigInteger hashKey, byte[] data) {
  int size() {
    return data.length + partitionKey.length();
  }
}
