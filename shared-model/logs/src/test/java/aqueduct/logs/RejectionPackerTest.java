// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.Rejection;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RejectionPackerTest {
  @Test
  void rejections_come_back_in_order_keyed_by_file_and_first_line() throws Exception {
    List<Rejection> rejections =
        List.of(rejection(1, 5, 10), rejection(1, 9, 10), rejection(2, 0, 10));

    List<PackedRecord> records = RejectionPacker.pack(rejections);

    assertThat(records)
        .extracting(PackedRecord::partitionKey)
        .containsExactly("0000000000000001/5", "0000000000000002/0");
    assertThat(read(records)).isEqualTo(rejections);
  }

  @Test
  void no_record_exceeds_the_stream_limit_even_if_nothing_compresses() throws Exception {
    List<Rejection> rejections = new ArrayList<>();
    for (int line = 1; line <= 100; line++) {
      rejections.add(rejection(1, line, 60_000));
    }

    List<PackedRecord> records = RejectionPacker.pack(rejections);

    assertThat(records).hasSizeBetween(6, 12).allMatch(r -> r.data().length < 1_000_000);
    assertThat(read(records)).isEqualTo(rejections);
  }

  @Test
  void data_over_64_kib_is_cut_and_its_length_kept() throws Exception {
    Rejection read = read(RejectionPacker.pack(List.of(rejection(1, 1, 5_000_000)))).get(0);

    assertThat(read.getData().size()).isEqualTo(65_536);
    assertThat(read.getDataLength()).isEqualTo(5_000_000);
  }

  @Test
  void nothing_rejected_is_nothing_to_send() {
    assertThat(RejectionPacker.pack(List.of())).isEmpty();
  }

  private static Rejection rejection(long fileId, int line, int dataLength) {
    byte[] data = new byte[dataLength];
    new Random(line).nextBytes(data);
    return Rejection.newBuilder()
        .setStage("streamify")
        .setReason("bad_time")
        .setFileId(fileId)
        .setLine(line)
        .setData(ByteString.copyFrom(data))
        .build();
  }

  private static List<Rejection> read(List<PackedRecord> records) throws Exception {
    List<Rejection> rejections = new ArrayList<>();
    for (PackedRecord record : records) {
      PackedChunk chunk = new Unpacker("Rejection").unpack(record.data());
      assertThat(chunk.header().getMessageType()).isEqualTo("Rejection");
      assertThat(chunk.header().getLines()).isEqualTo(chunk.header().getEvents());
      for (byte[] message : Chunks.messages(chunk)) {
        rejections.add(Rejection.parseFrom(message));
      }
    }
    return rejections;
  }
}
