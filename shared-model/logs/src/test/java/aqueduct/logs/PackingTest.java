// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.RawLog;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private final Unpacker unpacker = new Unpacker("RawLog");

  @ParameterizedTest
  @EnumSource
  void what_is_packed_comes_back_byte_for_byte_in_order(Codec codec) throws Exception {
    List<byte[]> messages = Chunks.messages(1000);

    PackedChunk chunk = unpacker.unpack(Chunks.pack(codec, messages).data());

    assertThat(Chunks.messages(chunk)).containsExactlyElementsOf(messages);
    assertThat(chunk.header())
        .isEqualTo(
            Chunks.header(1, 1000).toBuilder().setEvents(1000).setCodec(codec.text()).build());
    assertThat(chunk.id()).isEqualTo(new ChunkId(Chunks.FILE_ID, 1));
  }

  @ParameterizedTest
  @EnumSource
  void an_empty_chunk_travels_with_its_header(Codec codec) throws Exception {
    PackedRecord record =
        new Packer(codec).pack(Chunks.header(7, 3).toBuilder().setRejected(3).build());

    PackedChunk chunk = unpacker.unpack(record.data());

    assertThat(record.partitionKey()).isEqualTo("0123456789abcdef/7");
    assertThat(Chunks.messages(chunk)).isEmpty();
    assertThat(chunk.header().getLines()).isEqualTo(3);
    assertThat(chunk.header().getRejected()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void a_reused_packer_and_unpacker_carry_nothing_over(Codec codec) throws Exception {
    Packer packer = new Packer(codec);
    byte[] big = new byte[300_000];
    packer.add(big, 0, big.length);
    packer.pack(Chunks.header(1, 1));
    byte[] message = Chunks.event(9).toByteArray();
    packer.add(message, 0, message.length);
    assertThat(packer.messages()).isOne();
    assertThat(packer.bytes()).isEqualTo(message.length);

    byte[] again = packer.pack(Chunks.header(1, 1)).data();

    assertThat(again).isEqualTo(Chunks.pack(codec, List.of(message)).data());
    unpacker.unpack(Chunks.pack(codec, Chunks.messages(1000)).data());
    assertThat(Chunks.messages(unpacker.unpack(again))).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 262_144, 1_000_000})
  void messages_of_any_length_come_back(int length) throws Exception {
    byte[] message = new byte[length];
    new java.util.Random(length).nextBytes(message);
    for (Codec codec : Codec.values()) {
      PackedRecord record = Chunks.pack(codec, List.of(message, message));

      assertThat(Chunks.messages(unpacker.unpack(record.data())))
          .as(codec.text())
          .containsExactly(message, message);
    }
  }

  @Test
  void a_header_that_loses_lines_is_refused() {
    Packer packer = new Packer(Codec.ZSTD);
    packer.add(new byte[0], 0, 0);

    assertThatThrownBy(() -> packer.pack(Chunks.header(1, 3).toBuilder().setRejected(1).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0123456789abcdef/1: 3 != 1 + 1 + 0");
  }

  @Test
  void fields_of_a_newer_writer_survive_in_message_and_header() throws Exception {
    UnknownFieldSet future =
        UnknownFieldSet.newBuilder()
            .addField(62, UnknownFieldSet.Field.newBuilder().addVarint(42).build())
            .addField(
                2000,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8("later"))
                    .build())
            .build();
    RawLog newer = Chunks.event(1).toBuilder().setUnknownFields(future).build();
    ChunkHeader header = Chunks.header(1, 1).toBuilder().setUnknownFields(future).build();
    for (Codec codec : Codec.values()) {
      Packer packer = new Packer(codec);
      byte[] bytes = newer.toByteArray();
      packer.add(bytes, 0, bytes.length);

      PackedChunk chunk = unpacker.unpack(packer.pack(header).data());

      assertThat(chunk.header().getUnknownFields()).isEqualTo(future);
      RawLog read = Chunks.rawLog(Chunks.messages(chunk).get(0));
      assertThat(read.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void messages_of_an_older_writer_read_as_absent() throws Exception {
    byte[] older = {9, 1, 0, 0, 0, 0, 0, 0, 0, 16, 5}; // file_id and line only

    RawLog read = Chunks.rawLog(Chunks.messages(unpacker.unpack(older)).get(0));

    assertThat(read.hasHttpResponseStatusCode()).isFalse();
    assertThat(read.getLine()).isEqualTo(5);
  }

  @Test
  void codecs_are_parsed_by_name_and_unknown_ones_named() {
    assertThat(Codec.parse("zstd")).isEqualTo(Codec.ZSTD);
    assertThat(Codec.parse("KPL")).isEqualTo(Codec.KPL);
    assertThatThrownBy(() -> Codec.parse("lz4")).hasMessage("unknown codec 'lz4': use zstd or kpl");
  }
}
