// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.util.Random;

/** The throttling in force, asked for each record and read. */
final class Gate {
  private final Random random;
  private final Throttling throttling;

  Gate(Throttling throttling) {
    this.throttling = throttling;
    this.random = new Random(throttling.seed());
  }

  boolean admitsPut(Rate rate, int bytes, long now) {
    if (throttling.refusedShare() > 0 && random.nextDouble() < throttling.refusedShare())
      return false;
    return !throttling.shardLimits() || rate.put(bytes, now);
  }

  boolean admitsRead(Rate rate, long now) {
    return !throttling.shardLimits() || rate.read(now);
  }
}
