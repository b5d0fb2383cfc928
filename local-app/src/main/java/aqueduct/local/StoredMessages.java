// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import aqueduct.servers.EmbeddedServers;
import aqueduct.servers.kinesis.KinesisFiles;
import aqueduct.servers.kinesis.StoredRecord;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A pipe's records as they lie in the data directory -> messages; no server is needed. */
final class StoredMessages {
  private static final Map<String, String> TYPES =
      Map.of("raw-logs", "RawLog", "enriched-logs", "EnrichedLog", "rejected-logs", "Rejection");
  private final Path kinesis;
  private final String pipe;

  StoredMessages(Path data, String pipe) {
    if (!TYPES.containsKey(pipe)) {
      throw new IllegalArgumentException(
          "There is no pipe "
              + pipe
              + " to read: there are raw-logs, enriched-logs, rejected-logs");
    }
    kinesis = EmbeddedServers.kinesisData(data);
    this.pipe = pipe;
  }

  /** Hands on all messages that arrived at a time or later; answers the newest sequence number. */
  long read(Instant from, long after, Consumer<Message> consumer) throws IOException {
    Unpacker unpacker = new Unpacker(TYPES.getOrDefault(pipe, ""));
    long[] newest = {after};
    Instant start =
        after < 0 ? from : KinesisFiles.arrival(after); // what is known is not read again
    try (Stream<StoredRecord> records = KinesisFiles.read(kinesis, pipe, start)) {
      records
          .filter(stored -> stored.sequence() > after)
          .forEach(
              stored -> {
                unpack(unpacker, stored, consumer);
                newest[0] = Math.max(newest[0], stored.sequence());
              });
    } catch (NoSuchFileException e) {
      throw new WorkFailed("Nothing is stored of " + pipe + " in " + kinesis, e);
    }
    return newest[0];
  }

  private static void unpack(Unpacker unpacker, StoredRecord stored, Consumer<Message> consumer) {
    try {
      PackedChunk chunk = unpacker.unpack(stored.data());
      String type = chunk.header().getMessageType();
      chunk.forEach(
          (buffer, from, to) ->
              consumer.accept(CanonicalJson.parse(type, Arrays.copyOfRange(buffer, from, to))));
    } catch (CorruptRecordException e) {
      System.err.println(
          "Record " + stored.sequenceNumber() + " of " + stored.shard() + ": " + e.getMessage());
    }
  }
}
