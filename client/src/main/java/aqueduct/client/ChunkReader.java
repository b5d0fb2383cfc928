// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A stream -> its chunks, each once, the shards side by side, a shard's children after it. The
 * caller keeps the places and gives them back after a restart: what was read behind the kept places
 * comes again, and chunks that come again within the last 100,000 are dropped. A damaged record is
 * told of and passed over. Reads with the caller's own credentials, disturbs nobody, and is not
 * thread-safe.
 */
public final class ChunkReader {
  private static final int REMEMBERED = 100_000;
  private final KinesisClient kinesis;
  private final String stream;
  private final Unpacker unpacker = new Unpacker("RawLog");
  private final Map<String, ShardCursor> open = new LinkedHashMap<>();
  private final Map<String, String> places = new TreeMap<>();
  private final Set<String> ended = new LinkedHashSet<>();
  private final Set<ChunkId> seen = new LinkedHashSet<>();
  private boolean shardsChanged = true;

  /** Told of a record that cannot be read: keep it aside, its file can be replayed. */
  public interface Damaged {
    void record(String shard, String sequenceNumber, byte[] data, CorruptRecordException why);
  }

  /** From the stream's oldest record. */
  public ChunkReader(KinesisClient kinesis, String stream) {
    this(kinesis, stream, Map.of());
  }

  /** From places that {@link #places} gave before; from the oldest record of shards without one. */
  public ChunkReader(KinesisClient kinesis, String stream, Map<String, String> places) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.places.putAll(places);
  }

  /** Shard -> the last record of it that was given to a handler. Keep it after you kept those. */
  public Map<String, String> places() {
    return new HashMap<>(places);
  }

  /** As {@link #read(Consumer, Damaged)}; a damaged record is passed over in silence. */
  public int read(Consumer<PackedChunk> handler) {
    return read(handler, (shard, sequenceNumber, data, why) -> {});
  }

  /**
   * Gives the next page of each shard to the handler; answers how many records there were. None
   * means that nothing has come since: wait a second. A chunk is valid until the handler returns;
   * what the handler throws ends the call, and the page comes again after a restart from the last
   * places.
   */
  public int read(Consumer<PackedChunk> handler, Damaged damaged) {
    if (shardsChanged) openShards();
    int records = 0;
    for (ShardCursor cursor : List.copyOf(open.values())) {
      List<Record> page = cursor.next();
      for (Record record : page) {
        hand(cursor.shard(), record, handler, damaged);
        places.put(cursor.shard(), record.sequenceNumber());
      }
      records += page.size();
      if (cursor.hasEnded()) {
        open.remove(cursor.shard());
        ended.add(cursor.shard());
        shardsChanged = true;
      }
    }
    return records;
  }

  private void hand(String shard, Record record, Consumer<PackedChunk> handler, Damaged damaged) {
    byte[] data = record.data().asByteArrayUnsafe();
    try {
      PackedChunk chunk = unpacker.unpack(data);
      if (!seen.add(chunk.id())) return;
      handler.accept(chunk);
      if (seen.size() > REMEMBERED) seen.remove(seen.iterator().next());
    } catch (CorruptRecordException e) {
      damaged.record(shard, record.sequenceNumber(), data, e);
    }
  }

  /** A shard that was split or merged is read to its end before its children. */
  private void openShards() {
    shardsChanged = false;
    Map<String, Shard> all = new LinkedHashMap<>();
    ShardList.of(kinesis, stream).forEach(shard -> all.put(shard.shardId(), shard));
    for (Shard shard : all.values()) {
      String id = shard.shardId();
      if (open.containsKey(id) || ended.contains(id)) continue;
      if (isUnread(shard.parentShardId(), all) || isUnread(shard.adjacentParentShardId(), all)) {
        continue;
      }
      open.put(id, new ShardCursor(kinesis, stream, id, () -> places.get(id)));
    }
  }

  private boolean isUnread(@Nullable String parent, Map<String, Shard> all) {
    return parent != null && all.containsKey(parent) && !ended.contains(parent);
  }
}
