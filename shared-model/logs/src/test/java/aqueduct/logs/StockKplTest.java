// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** Others read what we write, and we read what others write. */
class StockKplTest {
  private static final BigInteger HASH_SPACE = BigInteger.ONE.shiftLeft(128);
  private final AggregatorUtil kcl = new AggregatorUtil();

  @Test
  void kcl_reads_codec_kpl_byte_for_byte_and_skips_our_header() {
    List<byte[]> messages = Chunks.messages(700);
    PackedRecord record = Chunks.pack(Codec.KPL, messages);

    List<KinesisClientRecord> read = kcl.deaggregate(List.of(kinesisRecord(record)));

    assertThat(read).allMatch(KinesisClientRecord::aggregated);
    assertThat(read)
        .extracting(KinesisClientRecord::partitionKey)
        .containsOnly("0123456789abcdef/1");
    assertThat(read.stream().map(StockKplTest::bytes).toList()).containsExactlyElementsOf(messages);
  }

  @Test
  void kcl_reads_codec_zstd_as_one_user_record() {
    PackedRecord record = Chunks.pack(Codec.ZSTD, Chunks.messages(700));

    List<KinesisClientRecord> read = kcl.deaggregate(List.of(kinesisRecord(record)));

    assertThat(read).hasSize(1);
    assertThat(com.github.luben.zstd.Zstd.getFrameContentSize(bytes(read.get(0)))).isPositive();
  }

  /** Trap T2: KCL drops a record whole when an inner key hashes outside the shard. */
  @Test
  void one_partition_key_never_loses_a_user_record_whatever_the_shards() {
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      PackedRecord record = record(random.nextLong(), 1 + random.nextInt(1_000_000));
      BigInteger key = hash(record.partitionKey());
      List<BigInteger> edges = shardEdges(random);
      int owners = 0;
      for (int shard = 0; shard + 1 < edges.size(); shard++) {
        BigInteger from = edges.get(shard);
        BigInteger to = edges.get(shard + 1).subtract(BigInteger.ONE);
        if (key.compareTo(from) < 0 || key.compareTo(to) > 0) {
          continue;
        }
        owners++;
        assertThat(kcl.deaggregate(List.of(kinesisRecord(record)), from, to)).hasSize(3);
      }
      assertThat(owners).isOne();
    }
  }

  @Test
  void stock_records_with_several_keys_hash_keys_and_tags_are_read() throws Exception {
    byte[] body = stockBody();
    byte[] record = Arrays.copyOf(new byte[4], 4 + body.length + 16);
    Kpl.putMagic(record);
    System.arraycopy(body, 0, record, 4, body.length);
    System.arraycopy(Kpl.md5().digest(body), 0, record, 4 + body.length, 16);

    PackedChunk chunk = new Unpacker("RawLog").unpack(record);

    assertThat(Chunks.messages(chunk)).containsExactlyElementsOf(Chunks.messages(4));
    assertThat(chunk.header().getLines()).isEqualTo(4);
    assertThat(chunk.header().getEvents()).isEqualTo(4);
    assertThat(chunk.header().getMessageType()).isEqualTo("RawLog");
    assertThat(chunk.id()).isEqualTo(new ChunkId(Chunks.FILE_ID, 1));
  }

  @Test
  void a_plain_record_is_one_message_of_the_given_type() throws Exception {
    byte[] message = Chunks.event(12).toByteArray();

    PackedChunk chunk = new Unpacker("EnrichedLog").unpack(message);

    assertThat(Chunks.messages(chunk)).containsExactly(message);
    assertThat(chunk.header().getMessageType()).isEqualTo("EnrichedLog");
    assertThat(chunk.id()).isEqualTo(new ChunkId(Chunks.FILE_ID, 12));
  }

  @Test
  void foreign_records_without_identity_stay_different_chunks() throws Exception {
    Unpacker unpacker = new Unpacker("RawLog");
    Set<ChunkId> ids = new HashSet<>();
    for (String path : List.of("/a", "/b", "/c")) {
      ids.add(
          unpacker
              .unpack(
                  Chunks.event(1).toBuilder().clearFileId().setUrlPath(path).build().toByteArray())
              .id());
    }
    assertThat(ids).hasSize(3);
  }

  @Test
  void published_vectors_are_read() throws Exception {
    Path file = Samples.require("kpl/vectors.json");
    int records = 0;
    for (JsonNode vector : new ObjectMapper().readTree(file.toFile()).get("vectors")) {
      byte[] record = Base64.getDecoder().decode(vector.get("base64").asText());
      List<byte[]> expected = new ArrayList<>();
      vector
          .get("user_records")
          .forEach(r -> expected.add(Base64.getDecoder().decode(r.get("data_base64").asText())));

      assertThat(Chunks.messages(new Unpacker("RawLog").unpack(record)))
          .containsExactlyElementsOf(expected);
      records += expected.size();
    }
    assertThat(records).isEqualTo(102);
  }

  private static byte[] stockBody() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    for (String key : List.of("a", "b", "c")) {
      coded.writeString(1, key);
    }
    coded.writeString(2, "191415658344158766168031473277922803570");
    int i = 0;
    for (byte[] message : Chunks.messages(4)) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      CodedOutputStream inner = CodedOutputStream.newInstance(record);
      inner.writeUInt64(1, i++ % 3);
      inner.writeUInt64(2, 0);
      inner.writeByteArray(3, message);
      inner.writeByteArray(4, new byte[] {0x0a, 1, 't', 0x12, 1, 'v'});
      inner.flush();
      coded.writeByteArray(3, record.toByteArray());
    }
    coded.flush();
    return out.toByteArray();
  }

  private static PackedRecord record(long fileId, int firstLine) {
    Packer packer = new Packer(Codec.KPL);
    Chunks.messages(3).forEach(message -> packer.add(message, 0, message.length));
    return packer.pack(Chunks.header(firstLine, 3).toBuilder().setFileId(fileId).build());
  }

  private static List<BigInteger> shardEdges(Random random) {
    List<BigInteger> edges = new ArrayList<>(List.of(BigInteger.ZERO, HASH_SPACE));
    for (int i = random.nextInt(20); i > 0; i--) {
      edges.add(new BigInteger(128, random));
    }
    return edges.stream().sorted().distinct().toList();
  }

  private static BigInteger hash(String partitionKey) {
    return new BigInteger(1, Kpl.md5().digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
  }

  private static KinesisClientRecord kinesisRecord(PackedRecord record) {
    return KinesisClientRecord.builder()
        .partitionKey(record.partitionKey())
        .sequenceNumber("1")
        .data(ByteBuffer.wrap(record.data()))
        .build();
  }

  private static byte[] bytes(KinesisClientRecord record) {
    byte[] bytes = new byte[record.data().remaining()];
    record.data().duplicate().get(bytes);
    return bytes;
  }
}
