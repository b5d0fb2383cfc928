// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import aqueduct.logs.ChunkId;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.RejectionPacker;
import aqueduct.logs.Unpacker;
import aqueduct.metrics.ChunkCount;
import aqueduct.metrics.Cube;
import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.MetricKey;
import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The packed records of one slice of a window -> encoded deltas, each under the group in which it
 * must be summed, and one account under {@link #ACCOUNT}. A chunk that stands twice, or that the
 * metric store has, is counted as a repeat; what cannot be read is rejected. Memory is bounded by
 * {@link #BATCH} records and {@link #MOST_CELLS} cells, whatever the slice holds.
 */
final class SliceCount implements Iterator<Tuple2<String, byte[]>> {
  /** Sorts before every group. */
  static final String ACCOUNT = "\0";

  /** Records that are held, and asked for in the metric store, at a time. */
  private static final int BATCH = 64;

  /** A cube with more cells gives its deltas away and starts anew; they are summed later. */
  static final int MOST_CELLS = 100_000;

  private final Iterator<StreamedRecord> records;
  private final AggregateSettings settings;
  private final Function<Collection<ChunkId>, Set<ChunkId>> appliedAmong;
  private final RejectionOutlet outlet;
  private final Unpacker unpacker = new Unpacker("EnrichedLog");
  private final Set<ChunkId> counted = new HashSet<>();
  private final Queue<Iterator<MetricDelta>> ready = new ArrayDeque<>();
  private SliceAccount account = new SliceAccount();
  private Cube cube;
  private boolean closed;

  SliceCount(
      Iterator<StreamedRecord> records,
      AggregateSettings settings,
      Function<Collection<ChunkId>, Set<ChunkId>> appliedAmong,
      RejectionOutlet outlet) {
    this.records = records;
    this.settings = settings;
    this.appliedAmong = appliedAmong;
    this.outlet = outlet;
    this.cube = new Cube(settings.reports());
  }

  @Override
  public boolean hasNext() {
    return !closed;
  }

  @Override
  public Tuple2<String, byte[]> next() {
    if (closed) {
      throw new NoSuchElementException();
    }
    MetricDelta delta = nextDelta();
    if (delta != null) {
      return new Tuple2<>(group(delta.key()), DeltaCodec.encode(delta));
    }
    closed = true;
    outlet.flush();
    return new Tuple2<>(
        ACCOUNT,
        new SliceAccount(account.chunks(), account.duplicateLines(), outlet.sent()).encode());
  }

  /** What must come to one {@link aqueduct.metrics.DeltaSum}, as its Javadoc says. */
  static String group(MetricKey key) {
    return key.report()
        + '\t'
        + key.bucketStart().getEpochSecond()
        + '\t'
        + key.dimensions().get(0);
  }

  private @Nullable MetricDelta nextDelta() {
    while (true) {
      Iterator<MetricDelta> deltas = ready.peek();
      if (deltas != null) {
        if (deltas.hasNext()) {
          return deltas.next();
        }
        ready.remove();
      } else if (records.hasNext()) {
        count(batch());
        if (cube.cells() > MOST_CELLS) {
          giveAway();
        }
      } else if (cube.cells() > 0) {
        giveAway();
      } else {
        return null;
      }
    }
  }

  private void giveAway() {
    ready.add(cube.deltas());
    cube = new Cube(settings.reports());
  }

  private List<StreamedRecord> batch() {
    List<StreamedRecord> batch = new ArrayList<>(BATCH);
    while (batch.size() < BATCH && records.hasNext()) {
      batch.add(records.next());
    }
    return batch;
  }

  private void count(List<StreamedRecord> batch) {
    Set<ChunkId> asked = new HashSet<>();
    for (StreamedRecord record : batch) {
      ChunkId id = identity(record);
      if (id != null) {
        asked.add(id);
      }
    }
    Set<ChunkId> applied = appliedAmong.apply(asked);
    for (StreamedRecord record : batch) {
      PackedChunk chunk = unpack(record);
      if (chunk != null) {
        count(record, chunk, asked, applied);
      }
    }
  }

  private void count(
      StreamedRecord record, PackedChunk chunk, Set<ChunkId> asked, Set<ChunkId> applied) {
    ChunkId id = chunk.id();
    Set<ChunkId> known =
        asked.contains(id) ? applied : appliedAmong.apply(Collections.singleton(id));
    if (known.contains(id) || !counted.add(id)) {
      account.duplicateLines().merge(id.fileId(), (long) chunk.header().getLines(), Long::sum);
    } else {
      Instant latest = Instant.ofEpochMilli(record.arrivalMillis()).plus(Cube.FUTURE);
      account.chunks().add(ChunkCount.count(cube, chunk, latest, blank(record), outlet::add));
    }
  }

  /** The chunk that the record's key names; where it names none, the one that is inside. */
  private @Nullable ChunkId identity(StreamedRecord record) {
    ChunkId named = record.named();
    if (named != null) {
      return named;
    }
    try {
      return unpacker.unpack(record.data()).id();
    } catch (CorruptRecordException e) {
      return null; // rejected when its turn comes
    }
  }

  /** The chunk, or null if the record was rejected. */
  private @Nullable PackedChunk unpack(StreamedRecord record) {
    try {
      PackedChunk chunk = unpacker.unpack(record.data());
      String type = chunk.header().getMessageType();
      if (type.equals("EnrichedLog")) {
        return chunk;
      }
      reject(
          record,
          "wrong_message_type",
          "the record holds " + type + ": see who writes to this stream");
    } catch (CorruptRecordException e) {
      reject(record, e.reason(), "the record is damaged (" + e.getMessage() + "): replay its file");
    }
    return null;
  }

  private void reject(StreamedRecord record, String reason, String message) {
    ChunkId named = record.named();
    int length = record.data().length;
    outlet.add(
        blank(record)
            .setReason(reason)
            .setMessage(message)
            .setFileId(named == null ? 0 : named.fileId())
            .setData(
                ByteString.copyFrom(
                    record.data(), 0, Math.min(length, RejectionPacker.MAX_DATA_BYTES)))
            .setDataLength(length)
            .build());
  }

  private Rejection.Builder blank(StreamedRecord record) {
    return Rejection.newBuilder()
        .setStage("aggregate")
        .setPipe(settings.stream())
        .setSequenceNumber(record.sequenceNumber());
  }
}
