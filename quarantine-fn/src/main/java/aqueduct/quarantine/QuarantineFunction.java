// SPDX-License-Identifier: Apache-2.0
package aqueduct.quarantine;

import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.Unpacker;
import aqueduct.wire.Rejection;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;

/**
 * A batch of packed rejections -> one object per record, stage and reason, in which each line is a
 * rejection as JSON. Objects are named by what they hold: a batch that comes again, however it is
 * cut, writes the same bytes to the same places. Returns when S3 has taken all of them.
 */
public final class QuarantineFunction implements Consumer<Message<List<byte[]>>> {
  private static final Logger log = LoggerFactory.getLogger(QuarantineFunction.class);
  private final KeptRejections kept;
  private final MeterRegistry meters;
  private final Unpacker unpacker = new Unpacker("Rejection");

  QuarantineFunction(KeptRejections kept, MeterRegistry meters) {
    this.kept = kept;
    this.meters = meters;
  }

  /** One at a time: the unpacker is shared. */
  @Override
  public synchronized void accept(Message<List<byte[]>> message) {
    message.getPayload().forEach(this::keep);
  }

  private void keep(byte[] record) {
    Map<RejectionGroup, SortedSet<String>> groups = new TreeMap<>();
    try {
      PackedChunk chunk = unpacker.unpack(record);
      chunk.forEach((buffer, from, to) -> sort(parse(buffer, from, to), groups));
    } catch (CorruptRecordException | IllegalArgumentException e) {
      // A rejection of a rejection would go round in circles: the record itself is kept.
      log.warn("A record of rejected-logs cannot be read and is kept as it is");
      kept.unreadable(record);
      meters.counter("aqueduct.quarantine.unreadable").increment();
      return;
    }
    groups.forEach(kept::put);
  }

  private void sort(Rejection rejection, Map<RejectionGroup, SortedSet<String>> groups) {
    groups
        .computeIfAbsent(RejectionGroup.of(rejection), any -> new TreeSet<>())
        .add(KeptRejections.line(rejection));
    meters
        .counter(
            "aqueduct.quarantine.rejections",
            "stage",
            rejection.getStage(),
            "reason",
            rejection.getReason())
        .increment();
  }

  private static Rejection parse(byte[] buffer, int from, int to) {
    try {
      return Rejection.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
