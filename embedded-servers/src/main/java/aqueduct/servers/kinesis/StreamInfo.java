// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * What is known of a stream apart from its records: the file stream.json in its directory.
 *
 * @param name its name
 * @param created when (ms); tells a stream from a later one of the same name
 * @param retentionHours how long records stay
 * @param maxRecordKiB largest record
 * @param nextShard number of the next shard to be made
 * @param tags as set by the caller
 * @param shards all that are not expired, in the order of their making
 */
record StreamInfo(
    String name,
    long created,
    int retentionHours,
    int maxRecordKiB,
    int nextShard,
    Map<String, String> tags,
    List<ShardInfo> shards) {
  private static final String FILE = "stream.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  static boolean isStream(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  static StreamInfo load(Path directory) throws IOException {
    return JSON.readValue(directory.resolve(FILE).toFile(), StreamInfo.class);
  }

  /** All or nothing, also when the process is killed in between. */
  void save(Path directory) throws IOException {
    Path draft = directory.resolve(FILE + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes =
          ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(
        draft,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  StreamInfo with(List<ShardInfo> newShards, int newNextShard) {
    return new StreamInfo(
        name, created, retentionHours, maxRecordKiB, newNextShard, tags, newShards);
  }

  StreamInfo withRetention(int hours) {
    return new StreamInfo(name, created, hours, maxRecordKiB, nextShard, tags, shards);
  }

  StreamInfo withMaxRecord(int kiB) {
    return new StreamInfo(name, created, retentionHours, kiB, nextShard, tags, shards);
  }

  StreamInfo withTags(Map<String, String> newTags) {
    return new StreamInfo(
        name, created, retentionHours, maxRecordKiB, nextShard, Map.copyOf(newTags), shards);
  }

  ShardInfo shard(String id) {
    return shards.stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                KinesisError.notFound(
                    "Shard "
                        + id
                        + " in stream "
                        + name
                        + " under account "
                        + StreamArn.ACCOUNT
                        + " does not exist"));
  }

  List<ShardInfo> openShards() {
    return shards.stream().filter(ShardInfo::isOpen).toList();
  }

  /** The oldest millisecond of which records are still given out. */
  long horizon(long now) {
    return now - retentionHours * 3_600_000L;
  }
}
