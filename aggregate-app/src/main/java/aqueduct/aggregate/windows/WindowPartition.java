// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads: the records of one shard that arrived in {@code [from, to)}. */
record WindowPartition(String shard, long from, long to) implements InputPartition {}
