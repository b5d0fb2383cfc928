// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Unpacker;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.model.Record;

/** A stream -> the events in it. */
final class StreamEvents {
  private StreamEvents() {}

  static Set<String> keys(World world, String stream) {
    return State.records(world, stream).stream()
        .map(Record::partitionKey)
        .collect(Collectors.toSet());
  }

  static List<EnrichedLog> of(World world, String stream) throws CorruptRecordException {
    List<EnrichedLog> events = new ArrayList<>();
    for (Record record : State.records(world, stream)) {
      new Unpacker("EnrichedLog")
          .unpack(record.data().asByteArray())
          .forEach((buffer, from, to) -> events.add(event(buffer, from, to)));
    }
    return events;
  }

  private static EnrichedLog event(byte[] buffer, int from, int to) {
    try {
      return EnrichedLog.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
