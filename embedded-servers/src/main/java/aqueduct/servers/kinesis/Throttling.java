// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

/**
 * What the server refuses although it could do it.
 *
 * @param refusedShare share (0 to 1) of the records put that are refused as over the throughput, at
 *     random
 * @param seed of that randomness
 * @param shardLimits whether a shard takes 1 MiB and 1,000 records and gives 2 MiB in 5 calls a
 *     second, no more
 */
public record Throttling(double refusedShare, long seed, boolean shardLimits) {
  public Throttling {
    if (!(refusedShare >= 0 && refusedShare <= 1)) {
      throw new IllegalArgumentException(
          "refusedShare is " + refusedShare + ", must be from 0 to 1");
    }
  }

  /** Nothing is refused. */
  public static Throttling none() {
    return new Throttling(0, 0, false);
  }

  /** A random share of the records put is refused. */
  public static Throttling refusing(double share, long seed) {
    return new Throttling(share, seed, false);
  }

  /** The throughput of a real shard. */
  public static Throttling realShards() {
    return new Throttling(0, 0, true);
  }
}
