// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** A directory -> the streams in it, each a directory of its name. */
final class DataStreams implements AutoCloseable {
  private final Path directory;
  private final KinesisSettings settings;
  private final SequenceClock clock;
  private final Reshard reshard;
  private final ConcurrentSkipListMap<String, DataStream> streams = new ConcurrentSkipListMap<>();

  private DataStreams(Path directory, KinesisSettings settings) {
    this.directory = directory;
    this.settings = settings;
    this.clock = new SequenceClock(settings.clock());
    this.reshard = new Reshard(clock);
  }

  static DataStreams open(Path directory, KinesisSettings settings) throws IOException {
    Files.createDirectories(directory);
    DataStreams streams = new DataStreams(directory, settings);
    for (Path place : directories(directory)) {
      streams.streams.put(
          place.getFileName().toString(),
          DataStream.open(place, streams.clock, settings.segmentBytes()));
    }
    return streams;
  }

  static List<Path> directories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) return List.of();
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> !f.getFileName().toString().startsWith(".") && StreamInfo.isStream(f))
          .sorted()
          .toList();
    }
  }

  SequenceClock clock() {
    return clock;
  }

  Reshard reshard() {
    return reshard;
  }

  List<String> names() {
    return List.copyOf(streams.keySet());
  }

  DataStream get(String name) {
    DataStream stream = streams.get(name);
    if (stream == null) {
      throw KinesisError.notFound(
          "Stream " + name + " under account " + StreamArn.ACCOUNT + " not found.");
    }
    return stream;
  }

  synchronized void create(String name, int shards, int maxRecordKiB, Map<String, String> tags)
      throws IOException {
    if (streams.containsKey(name)) {
      throw KinesisError.inUse(
          "Stream " + name + " under account " + StreamArn.ACCOUNT + " already exists.");
    }
    StreamInfo empty =
        new StreamInfo(
            name,
            clock.millis(),
            settings.retentionHours(),
            maxRecordKiB,
            0,
            Map.copyOf(tags),
            List.of());
    streams.put(
        name,
        DataStream.create(
            directory.resolve(name), reshard.first(empty, shards), clock, settings.segmentBytes()));
  }

  synchronized void delete(String name) throws IOException {
    get(name).delete();
    streams.remove(name);
  }

  int openShards() {
    return streams.values().stream().mapToInt(s -> s.info().openShards().size()).sum();
  }

  void expire() {
    for (DataStream stream : streams.values()) {
      try {
        stream.expire();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot remove old records of stream " + stream.info().name(), e);
      }
    }
  }

  @Override
  public void close() {
    streams.values().forEach(DataStream::close);
  }
}
