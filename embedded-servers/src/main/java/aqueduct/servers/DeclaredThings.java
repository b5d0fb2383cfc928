// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** A topology -> the queues, streams and buckets that it needs, under their prefixed names. */
final class DeclaredThings {
  private final List<QueueSpec> queues = new ArrayList<>();
  private final List<StreamSpec> streams = new ArrayList<>();
  private final String prefix;

  private DeclaredThings(String prefix) {
    this.prefix = prefix;
  }

  static ServersTopology of(Topology topology) {
    DeclaredThings things = new DeclaredThings(topology.prefix());
    topology.pipes().forEach(things::pipe);
    List<BucketSpec> buckets =
        topology.buckets().values().stream()
            .map(b -> new BucketSpec(b.name(), things.prefixed(b.notifies())))
            .toList();
    return new ServersTopology(things.queues, things.streams, buckets);
  }

  private void pipe(String name, Pipe pipe) {
    switch (pipe.kind()) {
      case KINESIS -> streams.add(new StreamSpec(prefixed(name), pipe.shards()));
      case SQS -> queue(prefixed(name), prefixed(pipe.deadLetter()), pipe);
      case DIRECT, S3 -> {} // a call within a process; objects in a bucket
    }
  }

  private void queue(String name, String deadLetter, Pipe pipe) {
    if (!deadLetter.isEmpty()) queues.add(0, QueueSpec.plain(deadLetter));
    queues.add(new QueueSpec(name, deadLetter, pipe.maxReceives(), pipe.visibility()));
  }

  private String prefixed(String name) {
    return name.isEmpty() ? "" : prefix + name;
  }
}
