// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aqueduct.wire.ChunkHeader;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** FAULTS row 32, trap T3: what is damaged is quarantined, never read as a log. */
class CorruptRecordTest {
  private final Unpacker unpacker = new Unpacker("RawLog");

  @ParameterizedTest
  @EnumSource
  void a_wrong_digest_is_corrupt_and_never_a_plain_message(Codec codec) {
    byte[] record = Chunks.pack(codec, Chunks.messages(3)).data();
    for (int at = 4; at < record.length; at++) {
      byte[] damaged = record.clone();
      damaged[at] ^= 0x10;

      assertThat(reason(damaged)).as("bit flipped at %s", at).isEqualTo("bad_digest");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_record_cut_anywhere_is_corrupt(Codec codec) {
    byte[] record = Chunks.pack(codec, Chunks.messages(3)).data();
    for (int length = 4; length < record.length; length++) {
      assertThat(reason(Arrays.copyOf(record, length))).isEqualTo("bad_digest");
    }
    assertThat(reason(new byte[0])).isEqualTo("empty_record");
  }

  @ParameterizedTest
  @EnumSource
  void damage_under_a_valid_digest_never_throws_anything_else(Codec codec) {
    byte[] record = Chunks.pack(codec, Chunks.messages(5)).data();
    Random random = new Random(20_191_204);
    int corrupt = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = mutate(Arrays.copyOfRange(record, 4, record.length - 16), random);
      byte[] signed = signed(body);
      try {
        PackedChunk chunk = unpacker.unpack(signed);
        chunk.forEach((buffer, from, to) -> assertThat(to).isBetween(from, buffer.length));
      } catch (CorruptRecordException e) {
        corrupt++;
      }
    }
    assertThat(corrupt).isBetween(1_000, 20_000);
  }

  @Test
  void any_bytes_are_a_message_or_corrupt() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      try {
        assertThat(Chunks.messages(unpacker.unpack(bytes))).containsExactly(bytes);
      } catch (CorruptRecordException e) {
        assertThat(e.reason()).isEqualTo("bad_protobuf");
      }
    }
  }

  @Test
  void a_length_of_2_to_the_31_is_corrupt() {
    assertThat(reason(signed(new byte[] {0x1a, -1, -1, -1, -1, 7}))).isEqualTo("bad_protobuf");
    assertThat(reason(signed(new byte[] {0x1a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1})))
        .isEqualTo("bad_protobuf");
  }

  @Test
  void a_user_record_without_key_or_data_or_with_a_key_of_no_table_is_corrupt() {
    byte[] noData = {0x0a, 1, 'k', 0x1a, 2, 8, 0};
    byte[] noKey = {0x0a, 1, 'k', 0x1a, 3, 0x1a, 1, 'x'};
    byte[] keyOutside = {0x0a, 1, 'k', 0x1a, 5, 8, 1, 0x1a, 1, 'x'};
    byte[] hashKeyOutside = {0x0a, 1, 'k', 0x1a, 7, 8, 0, 16, 0, 0x1a, 1, 'x'};
    byte[] keyNegative = {
      0x0a, 1, 'k', 0x1a, 14, 8, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0x1a, 1, 'x'
    };
    byte[] fine = {0x0a, 1, 'k', 0x1a, 5, 8, 0, 0x1a, 1, 'x'};

    for (byte[] bad : List.of(noData, noKey, keyOutside, hashKeyOutside, keyNegative)) {
      assertThat(reason(signed(bad))).isEqualTo("bad_protobuf");
    }
    assertThat(reason(signed(fine))).isEqualTo("none");
  }

  @Test
  void a_header_that_counts_otherwise_or_names_an_unknown_codec_is_corrupt() throws Exception {
    ChunkHeader header = Chunks.header(1, 1).toBuilder().setEvents(2).setCodec("kpl").build();

    assertThat(reason(signed(body(header, "x")))).isEqualTo("wrong_count");
    assertThat(reason(signed(body(header.toBuilder().setCodec("lz9").build(), "x"))))
        .isEqualTo("bad_header");
    assertThat(reason(signed(body(header.toBuilder().setCodec("zstd").build(), "x"))))
        .isEqualTo("bad_zstd");
    assertThat(reason(signed(body(header.toBuilder().setCodec("zstd").build(), "x", "y"))))
        .isEqualTo("bad_zstd");
  }

  @Test
  void a_zstd_bomb_is_refused_before_it_is_unpacked() throws Exception {
    byte[] oneMessage = new byte[40 << 20];
    Wire.putVarint(oneMessage, 0, oneMessage.length - 4);
    byte[] bomb = com.github.luben.zstd.Zstd.compress(oneMessage);
    ChunkHeader header = Chunks.header(1, 1).toBuilder().setEvents(1).setCodec("zstd").build();
    byte[] manyEmpty = com.github.luben.zstd.Zstd.compress(new byte[30 << 20]);

    assertThat(reason(signed(body(header, ByteString.copyFrom(bomb))))).isEqualTo("too_large");
    assertThat(reason(signed(body(header, ByteString.copyFrom(manyEmpty))))).isEqualTo("too_large");
    assertThat(reason(new byte[(10 << 20) + 1])).isEqualTo("too_large");
  }

  @Test
  void the_message_shows_no_payload() {
    byte[] record = Chunks.pack(Codec.KPL, List.of("secret-cookie".getBytes())).data();
    record[record.length - 1]++;

    assertThatThrownBy(() -> unpacker.unpack(record))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageNotContaining("secret");
  }

  private String reason(byte[] record) {
    CorruptRecordException e =
        catchThrowableOfType(CorruptRecordException.class, () -> unpacker.unpack(record));
    return e == null ? "none" : e.reason();
  }

  private static byte[] body(ChunkHeader header, String... data) throws Exception {
    return body(
        header, Arrays.stream(data).map(ByteString::copyFromUtf8).toArray(ByteString[]::new));
  }

  private static byte[] body(ChunkHeader header, ByteString... data) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.writeString(1, "key");
    coded.writeMessage(1000, header);
    for (ByteString bytes : data) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      CodedOutputStream inner = CodedOutputStream.newInstance(record);
      inner.writeUInt64(1, 0);
      inner.writeBytes(3, bytes);
      inner.flush();
      coded.writeByteArray(3, record.toByteArray());
    }
    coded.flush();
    return out.toByteArray();
  }

  private static byte[] signed(byte[] body) {
    byte[] record = Arrays.copyOf(new byte[4], 4 + body.length + 16);
    Kpl.putMagic(record);
    System.arraycopy(body, 0, record, 4, body.length);
    System.arraycopy(Kpl.md5().digest(body), 0, record, 4 + body.length, 16);
    return record;
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] result = bytes;
    for (int i = 0; i <= random.nextInt(3); i++) {
      result =
          switch (random.nextInt(4)) {
            case 0 -> flipped(result, random);
            case 1 -> Arrays.copyOf(result, random.nextInt(result.length));
            case 2 -> without(result, random.nextInt(result.length));
            default -> Arrays.copyOf(result, result.length + 1 + random.nextInt(20));
          };
      if (result.length == 0) {
        return result;
      }
    }
    return result;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] result = bytes.clone();
    result[random.nextInt(result.length)] = (byte) random.nextInt(256);
    return result;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, result, at, bytes.length - at - 1);
    return result;
  }
}
