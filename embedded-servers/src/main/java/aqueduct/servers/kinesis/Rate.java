// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

/** What one shard took and gave in the current second, against the real limits. */
final class Rate {
  private static final int PUT_BYTES = 1 << 20;
  private static final int PUT_RECORDS = 1_000;
  private static final int READ_BYTES = 2 << 20;
  private static final int READS = 5;
  private long putSecond;
  private long putBytes;
  private int putRecords;
  private long readSecond;
  private long readBytes;
  private int reads;

  /**
   * A record larger than what is left of the second is taken if the second is fresh, as a larger
   * one never could be.
   */
  synchronized boolean put(int bytes, long now) {
    if (now / 1000 != putSecond) {
      putSecond = now / 1000;
      putBytes = 0;
      putRecords = 0;
    }
    if (putRecords >= PUT_RECORDS || (putBytes > 0 && putBytes + bytes > PUT_BYTES)) return false;
    putRecords++;
    putBytes += bytes;
    return true;
  }

  synchronized boolean read(long now) {
    if (now / 1000 < readSecond) return false;
    if (now / 1000 > readSecond) {
      readSecond = now / 1000;
      readBytes = 0;
      reads = 0;
    }
    return reads++ < READS;
  }

  /** An answer over the limit uses up the seconds after it: 10 MB those of 5, as AWS has it. */
  synchronized void given(long bytes, long now) {
    readBytes += bytes;
    if (readBytes <= READ_BYTES) return;
    readSecond = now / 1000 + (readBytes + READ_BYTES - 1) / READ_BYTES;
    readBytes = 0;
    reads = 0;
  }
}
