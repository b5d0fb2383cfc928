// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The aggregated record format of the Kinesis Producer Library: 4 magic bytes, the protobuf message
 * {@code AggregatedRecord}, its MD5.
 *
 * <pre>
 * AggregatedRecord: 1 partition_key_table (repeated string), 2 explicit_hash_key_table (repeated
 *                   string), 3 records (repeated Record); ours adds 1000 ChunkHeader
 * Record:           1 partition_key_index, 2 explicit_hash_key_index, 3 data, 4 tags
 * </pre>
 *
 * Source: awslabs/amazon-kinesis-producer, aggregation-format.md.
 */
final class Kpl {
  static final int MAGIC_LENGTH = 4;
  static final int DIGEST_LENGTH = 16;
  static final int PARTITION_KEYS = 1;
  static final int HASH_KEYS = 2;
  static final int RECORDS = 3;
  static final int CHUNK_HEADER = 1000;
  static final int KEY_INDEX = 1;
  static final int HASH_KEY_INDEX = 2;
  static final int DATA = 3;

  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

  private Kpl() {}

  static void putMagic(byte[] record) {
    System.arraycopy(MAGIC, 0, record, 0, MAGIC_LENGTH);
  }

  static boolean hasMagic(byte[] record) {
    for (int i = 0; i < MAGIC_LENGTH; i++) {
      if (record.length <= i || record[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
