// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The hash keys [from, to] that a shard takes; keys are 128 bits, the MD5 of the partition key. */
record HashRange(BigInteger from, BigInteger to) {
  private static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);
  static final BigInteger MAX = KEYS.subtract(BigInteger.ONE);

  static BigInteger keyOf(String partitionKey) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** All keys in equal parts, in order. */
  static List<HashRange> parts(int count) {
    BigInteger width = KEYS.divide(BigInteger.valueOf(count));
    List<HashRange> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BigInteger from = width.multiply(BigInteger.valueOf(i));
      parts.add(
          new HashRange(from, i == count - 1 ? MAX : from.add(width).subtract(BigInteger.ONE)));
    }
    return parts;
  }

  boolean contains(BigInteger key) {
    return from.compareTo(key) <= 0 && key.compareTo(to) <= 0;
  }

  boolean contains(HashRange other) {
    return contains(other.from) && contains(other.to);
  }

  HashRange below(BigInteger key) {
    return new HashRange(from, key.subtract(BigInteger.ONE));
  }

  HashRange since(BigInteger key) {
    return new HashRange(key, to);
  }

  boolean isAdjacentTo(HashRange other) {
    return to.add(BigInteger.ONE).equals(other.from) || other.to.add(BigInteger.ONE).equals(from);
  }

  HashRange plus(HashRange other) {
    return new HashRange(from.min(other.from), to.max(other.to));
  }
}
