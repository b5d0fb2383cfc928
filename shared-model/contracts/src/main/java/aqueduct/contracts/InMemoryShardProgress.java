// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.logs.ShardProgress;
import java.util.HashMap;
import java.util.Map;

/** Progress that forgets with the process, for tests; as strict as the real one. */
public final class InMemoryShardProgress implements ShardProgress {
  private final Map<String, State> shards = new HashMap<>();

  @Override
  public synchronized State read(String shard) {
    return shards.getOrDefault(shard, State.NEW);
  }

  @Override
  public boolean plan(String shard, State seen, Span span) {
    return write(shard, seen, seen.afterPlan(span));
  }

  @Override
  public boolean done(String shard, State seen) {
    return write(shard, seen, seen.afterDone());
  }

  private synchronized boolean write(String shard, State seen, State next) {
    if (read(shard).version() != seen.version()) {
      return false;
    }
    shards.put(shard, next);
    return true;
  }
}
