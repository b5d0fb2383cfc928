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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stored stream -> where on it an event lies. */
final class StreamSearch {
  /** Records that are held and unpacked together, by all processors. */
  private static final int AT_ONCE = 32;

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
      Iterator<StoredRecord> all = records.iterator();
      while (all.hasNext()) {
        search.look(some(all));
      }
    } catch (NoSuchFileException nothingStoredYet) {
      return Optional.empty();
    }
    return Optional.ofNullable(search.found);
  }

  private static List<StoredRecord> some(Iterator<StoredRecord> all) {
    List<StoredRecord> some = new ArrayList<>(AT_ONCE);
    while (some.size() < AT_ONCE && all.hasNext()) {
      some.add(all.next());
    }
    return some;
  }

  private static final class Search {
    private final String pipe;
    private final ThreadLocal<Unpacker> unpackers;
    private final Wanted wanted;
    private @Nullable Found found;

    Search(String pipe, String messageType, Wanted wanted) {
      this.pipe = pipe;
      this.unpackers = ThreadLocal.withInitial(() -> new Unpacker(messageType));
      this.wanted = wanted;
    }

    void look(List<StoredRecord> records) {
      Iterator<StoredRecord> left = records.iterator();
      if (found == null) {
        for (Optional<Found> one : records.parallelStream().map(this::search).toList()) {
          left.next();
          if (one.isPresent()) {
            found = one.get();
            break;
          }
        }
      }
      Found first = found;
      while (first != null && left.hasNext()) {
        if (left.next().partitionKey().equals(first.chunk().toString())) first = first.repeated();
      }
      found = first;
    }

    private boolean mayHold(String partitionKey) {
      try {
        return wanted.mayBeIn(ChunkId.parse(partitionKey));
      } catch (IllegalArgumentException foreign) {
        return true;
      }
    }

    private Optional<Found> search(StoredRecord record) {
      if (!mayHold(record.partitionKey())) return Optional.empty();
      List<Found> all = new ArrayList<>(1);
      try {
        PackedChunk chunk = unpackers.get().unpack(record.data());
        chunk.forEach(
            (buffer, from, to) -> {
              if (all.isEmpty() && wanted.is(buffer, from, to)) {
                all.add(
                    new Found(
                        pipe,
                        record.shard(),
                        record.sequenceNumber(),
                        record.arrival(),
                        chunk.id(),
                        chunk.header(),
                        0,
                        Arrays.copyOfRange(buffer, from, to)));
              }
            });
      } catch (CorruptRecordException rejectedElsewhere) {
        // Nobody's event is in it: its rejection says what is wrong.
      }
      return all.stream().findFirst();
    }
  }
}
