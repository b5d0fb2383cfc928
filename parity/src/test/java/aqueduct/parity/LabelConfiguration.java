// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedChunk;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.RecordSink;
import aqueduct.logs.Unpacker;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

/** Somebody's own second enrichment: every event gets a label. Not part of Aqueduct. */
@AutoConfiguration
public class LabelConfiguration {

  @Bean
  LabelFunction label(RecordSink sink) {
    return new LabelFunction(sink);
  }

  /** EnrichedLogs in, EnrichedLogs with a label out; same chunks, same order. */
  public static final class LabelFunction implements Consumer<Message<List<byte[]>>> {
    private final RecordSink sink;
    private final Unpacker unpacker = new Unpacker("EnrichedLog");
    private final Packer packer = new Packer(Codec.ZSTD);

    LabelFunction(RecordSink sink) {
      this.sink = sink;
    }

    @Override
    public synchronized void accept(Message<List<byte[]>> message) {
      sink.put("enriched-logs", message.getPayload().stream().map(this::label).toList());
    }

    private PackedRecord label(byte[] record) {
      try {
        PackedChunk chunk = unpacker.unpack(record);
        chunk.forEach(this::add);
        return packer.pack(chunk.header());
      } catch (CorruptRecordException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private void add(byte[] buffer, int from, int to) {
      try {
        byte[] labelled =
            EnrichedLog.parser().parseFrom(buffer, from, to - from).toBuilder()
                .putExtra("label", "seen")
                .build()
                .toByteArray();
        packer.add(labelled, 0, labelled.length);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
