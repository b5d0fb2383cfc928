// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.metrics.AppliedChunk;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What counting a partition's chunks gives: deltas to be summed, and one account of the chunks they
 * came from.
 */
sealed interface Counted extends Serializable {

  /** One delta in {@link aqueduct.metrics.DeltaCodec}'s form. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Delta(byte[] bytes) implements Counted {}

  /**
   * Where the deltas came from.
   *
   * @param chunks chunks that were counted
   * @param duplicateLines lines of chunks that were dropped as repeats, by file
   * @param rejections Rejection messages
   */
  record Account(List<AppliedChunk> chunks, Map<Long, Long> duplicateLines, List<byte[]> rejections)
      implements Counted {}
}
