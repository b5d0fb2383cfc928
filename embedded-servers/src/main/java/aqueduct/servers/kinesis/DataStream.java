// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One stream: its shards and where a record goes. Puts share a lock that a reshard takes alone, so
 * that each record of a key lands in the parent before any lands in a child.
 */
final class DataStream implements AutoCloseable {
  private final Path directory;
  private final SequenceClock clock;
  private final long segmentBytes;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, ShardLog> logs = new ConcurrentHashMap<>();
  private final Map<String, Rate> rates = new ConcurrentHashMap<>();
  private volatile StreamInfo info;

  private DataStream(Path directory, StreamInfo info, SequenceClock clock, long segmentBytes) {
    this.directory = directory;
    this.info = info;
    this.clock = clock;
    this.segmentBytes = segmentBytes;
  }

  static DataStream create(Path directory, StreamInfo info, SequenceClock clock, long segmentBytes)
      throws IOException {
    Files.createDirectories(directory);
    info.save(directory);
    return open(directory, clock, segmentBytes);
  }

  static DataStream open(Path directory, SequenceClock clock, long segmentBytes)
      throws IOException {
    StreamInfo info = StreamInfo.load(directory);
    DataStream stream = new DataStream(directory, info, clock, segmentBytes);
    for (ShardInfo shard : info.shards()) {
      clock.passed(shard.start());
      if (shard.end() != null) clock.passed(shard.end());
      stream.openLog(shard);
    }
    return stream;
  }

  private void openLog(ShardInfo shard) throws IOException {
    Path place = directory.resolve(shard.id());
    Long end = shard.end();
    logs.put(
        shard.id(),
        end == null
            ? ShardLog.open(place, clock, shard.start(), segmentBytes)
            : ShardLog.closed(place, clock, end));
  }

  StreamInfo info() {
    return info;
  }

  ShardLog log(String shard) {
    ShardLog log = logs.get(info.shard(shard).id());
    if (log == null) throw KinesisError.notFound("Shard " + shard + " is expired");
    return log;
  }

  Rate rate(String shard) {
    return rates.computeIfAbsent(shard, s -> new Rate());
  }

  /** One answer per entry, in their order: where it was stored, or why not. */
  List<Put> put(List<Entry> entries, Gate gate) throws IOException {
    lock.readLock().lock();
    try {
      Put[] puts = new Put[entries.size()];
      Map<String, List<Integer>> admitted = new LinkedHashMap<>();
      List<ShardInfo> open = info.openShards();
      for (int i = 0; i < puts.length; i++) {
        String shard = route(open, entries.get(i).hashKey());
        if (gate.admitsPut(rate(shard), entries.get(i).size(), clock.millis())) {
          admitted.computeIfAbsent(shard, s -> new ArrayList<>()).add(i);
        } else {
          puts[i] = new Put.Refused(KinesisError.throttled(shard, info.name()));
        }
      }
      for (Map.Entry<String, List<Integer>> share : admitted.entrySet()) {
        append(share.getKey(), share.getValue(), entries, puts);
      }
      return List.of(puts);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void append(String shard, List<Integer> which, List<Entry> entries, Put[] puts)
      throws IOException {
    long[] sequences = log(shard).append(which.stream().map(entries::get).toList());
    for (int i = 0; i < sequences.length; i++)
      puts[which.get(i)] = new Put.Stored(shard, sequences[i]);
  }

  private static String route(List<ShardInfo> open, BigInteger hashKey) {
    for (ShardInfo shard : open) if (shard.range().contains(hashKey)) return shard.id();
    throw new IllegalStateException("no open shard takes hash key " + hashKey);
  }

  /** Changes the stream while nobody puts; new shards are opened, closed ones end. */
  void change(UnaryOperator<StreamInfo> change) throws IOException {
    lock.writeLock().lock();
    try {
      StreamInfo changed = change.apply(info);
      for (ShardInfo shard : changed.shards()) if (!logs.containsKey(shard.id())) openLog(shard);
      changed.save(directory);
      info = changed;
      for (ShardInfo shard : changed.shards()) if (!shard.isOpen()) log(shard.id()).stop();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Removes what is older than the retention: files, and closed shards as a whole. */
  void expire() throws IOException {
    long horizon = info.horizon(clock.millis());
    List<ShardInfo> old = info.shards().stream().filter(s -> !s.wasOpenSince(horizon)).toList();
    if (!old.isEmpty()) {
      change(
          i -> i.with(i.shards().stream().filter(s -> !old.contains(s)).toList(), i.nextShard()));
    }
    for (ShardInfo shard : old) {
      logs.remove(shard.id());
      delete(directory.resolve(shard.id()));
    }
    for (ShardInfo shard : info.shards()) log(shard.id()).expire(horizon, shard.isOpen());
  }

  void delete() throws IOException {
    close();
    // First the description: a stream half deleted is none.
    Path doomed = directory.resolveSibling("." + directory.getFileName() + "." + info.created());
    Files.move(directory, doomed);
    delete(doomed);
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator)
        Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() {
    logs.values().forEach(ShardLog::close);
  }

  /** What became of one entry. */
  sealed interface Put {
    record Stored(String shard, long sequence) implements Put {}

    record Refused(KinesisError reason) implements Put {}
  }
}
