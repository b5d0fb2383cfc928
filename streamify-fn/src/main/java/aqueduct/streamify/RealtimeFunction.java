// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * A batch of CloudFront's real-time log records -> their chunks on {@code raw-logs}. Returns when
 * the streams have taken them, so that only then the batch is checkpointed; what comes again
 * changes nothing. A record that cannot be read goes to {@code rejected-logs} and never blocks its
 * shard; a stream that refuses throws, and the batch comes again.
 */
public final class RealtimeFunction implements Consumer<Message<List<byte[]>>> {
  private static final String STREAM = "Kinesis_receivedStream";
  private static final String SHARD = "Kinesis_shard";
  private static final String SEQUENCE_NUMBERS = "Kinesis_receivedSequenceNumber";
  private final RealtimeStream stream;

  RealtimeFunction(RealtimeStream stream) {
    this.stream = stream;
  }

  @Override
  public void accept(Message<List<byte[]>> message) {
    List<byte[]> payload = message.getPayload();
    List<?> numbers = header(message, SEQUENCE_NUMBERS, List.class);
    if (numbers.size() != payload.size()) {
      throw new IllegalStateException(
          numbers.size() + " sequence numbers for " + payload.size() + " records");
    }
    List<StreamRecord> records = new ArrayList<>();
    for (int i = 0; i < payload.size(); i++) {
      records.add(new StreamRecord(String.valueOf(numbers.get(i)), payload.get(i)));
    }
    stream.run(
        header(message, STREAM, String.class), header(message, SHARD, String.class), records);
  }

  private static <T> T header(Message<?> message, String name, Class<T> type) {
    T value = message.getHeaders().get(name, type);
    if (value == null) {
      throw new IllegalStateException(
          "the message lacks the header " + name + ": bind the function to Kinesis in batch mode");
    }
    return value;
  }
}
