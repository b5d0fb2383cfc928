// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.util.Arrays;

/**
 * Every so many bytes of a segment, one (sequence number, position): 16 bytes of heap for 64 KiB of
 * file or more.
 */
final class SegmentIndex {
  private static final int STEP = 64 << 10;
  private long[] sequences = new long[16];
  private long[] positions = new long[16];
  private int size;

  synchronized void add(long sequence, long position) {
    if (size > 0 && position - positions[size - 1] < STEP) return;
    if (size == sequences.length) {
      sequences = Arrays.copyOf(sequences, size * 2);
      positions = Arrays.copyOf(positions, size * 2);
    }
    sequences[size] = sequence;
    positions[size++] = position;
  }

  /** Where to begin to look for the first record at or after the sequence number. */
  synchronized long floor(long sequence) {
    int at = Arrays.binarySearch(sequences, 0, size, sequence);
    int floor = at >= 0 ? at : -at - 2;
    return floor < 0 ? 0 : positions[floor];
  }
}
