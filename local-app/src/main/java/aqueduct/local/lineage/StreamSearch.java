// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.lineage;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import aqueduct.servers.kinesis.KinesisFiles;
import aqueduct.servers.kinesis.StoredRecord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stored stream -> where on it an event lies. */
final class StreamSearch {
  private final Path kinesis;
  private final String prefix;

  StreamSearch(Path kinesis, String prefix) {
    this.kinesis = kinesis;
    this.prefix = prefix;
  }

  /** The first record that holds the event, and how many hold its chunk again. */
  Optional<Found> find(String pipe, String messageType, Wanted wanted) throws IOException {
    Search search = new Search(pipe, messageType, wanted);
    try (Stream<StoredRecord> records = KinesisFiles.read(kinesis, prefix + pipe, Instant.EPOCH)) {
      records.forEach(search::look);
    } catch (NoSuchFileException nothingStoredYet) {
      return Optional.empty();
    }
    return Optional.ofNullable(search.found);
  }

  private static final class Search {
    private final String pipe;
    private final Unpacker unpacker;
    private final Wanted wanted;
    private @Nullable Found found;

    Search(String pipe, String messageType, Wanted wanted) {
      this.pipe = pipe;
      this.unpacker = new Unpacker(messageType);
      this.wanted = wanted;
    }

    void look(StoredRecord record) {
      Found first = found;
      if (first != null) {
        if (record.partitionKey().equals(first.chunk().toString())) found = first.repeated();
      } else if (mayHold(record.partitionKey())) {
        search(record);
      }
    }

    private boolean mayHold(String partitionKey) {
      try {
        return wanted.mayBeIn(ChunkId.parse(partitionKey));
      } catch (IllegalArgumentException foreign) {
        return true;
      }
    }

    private void search(StoredRecord record) {
      try {
        PackedChunk chunk = unpacker.unpack(record.data());
        chunk.forEach(
            (buffer, from, to) -> {
              if (found == null && wanted.is(buffer, from, to)) {
                found =
                    new Found(
                        pipe,
                        record.shard(),
                        record.sequenceNumber(),
                        record.arrival(),
                        chunk.id(),
                        chunk.header(),
                        0,
                        Arrays.copyOfRange(buffer, from, to));
              }
            });
      } catch (CorruptRecordException rejectedElsewhere) {
        // Nobody's event is in it: its rejection says what is wrong.
      }
    }
  }
}
