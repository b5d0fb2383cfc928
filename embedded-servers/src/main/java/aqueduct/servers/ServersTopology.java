// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.sqs.QueueSpec;
import java.util.List;

/**
 * What is to be there once the servers run.
 *
 * @param queues with their dead letters
 * @param streams of Kinesis
 * @param buckets of S3
 */
public record ServersTopology(
    List<QueueSpec> queues, List<StreamSpec> streams, List<BucketSpec> buckets) {
  /** Nothing. */
  public static ServersTopology empty() {
    return new ServersTopology(List.of(), List.of(), List.of());
  }

  /**
   * A stream to be there.
   *
   * @param name of the stream
   * @param shards when it is made; a stream that is there keeps its own
   */
  public record StreamSpec(String name, int shards) {}

  /**
   * A bucket to be there.
   *
   * @param name of the bucket
   * @param queue that is notified of its new objects, or an empty text for none
   */
  public record BucketSpec(String name, String queue) {}
}
