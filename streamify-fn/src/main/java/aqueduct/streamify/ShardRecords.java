// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.ShardProgress.Span;
import java.util.List;

/** A span of a shard -> its records, read again from the stream. */
interface ShardRecords {
  /** All records of the span, or none if the stream does not have all of them any more. */
  List<StreamRecord> read(String stream, String shard, Span span);
}
