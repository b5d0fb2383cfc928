// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kinesis server's directory -> the records in it, with or without the server running. */
public final class KinesisFiles {
  private KinesisFiles() {}

  /** When the record with this number arrived. */
  public static Instant arrival(String sequenceNumber) {
    return arrival(SequenceNumber.parse(sequenceNumber));
  }

  /** When the record at this place arrived. */
  public static Instant arrival(long sequence) {
    return Instant.ofEpochMilli(SequenceNumber.arrival(sequence));
  }

  /** Names of the streams in the directory. */
  public static List<String> streams(Path data) throws IOException {
    return DataStreams.directories(data).stream().map(d -> d.getFileName().toString()).toList();
  }

  /**
   * The records of a stream that arrived at a time or later, over all shards in the order of their
   * sequence numbers, up to what is stored now. To be closed. Records beyond the retention are
   * there as long as their files are.
   *
   * @throws NoSuchFileException where there is no such stream
   */
  public static Stream<StoredRecord> read(Path data, String stream, Instant from)
      throws IOException {
    Path directory = data.resolve(stream);
    if (!StreamInfo.isStream(directory)) {
      throw new NoSuchFileException(directory.toString(), null, "no stream is stored here");
    }
    List<ShardCursor> cursors = new ArrayList<>();
    StreamCursor all = new StreamCursor(cursors);
    try {
      for (ShardInfo shard : StreamInfo.load(directory).shards()) {
        Path place = directory.resolve(shard.id());
        if (Files.isDirectory(place)) {
          cursors.add(new ShardCursor(place, SequenceNumber.firstAt(from.toEpochMilli())));
        }
      }
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
    return StreamSupport.stream(all, false).onClose(all::close);
  }
}
