// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrich;

import aqueduct.logs.CanonicalJson;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.Packer;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Raw events and the packed records that hold them. */
final class RawChunks {
  static final String DAY = "2026-11-23";

  /** The day of the events that no enricher can digest. */
  static final String POISON = "2026-06-06";

  private RawChunks() {}

  static RawLog.Builder event(String day, int line) {
    return RawLog.newBuilder()
        .setFileId(7)
        .setLine(line)
        .setTimeUs(Instant.parse(day + "T10:00:00Z").getEpochSecond() * 1_000_000)
        .setClientIp("81.2.69.142")
        .setHttpRequestMethod("GET")
        .setUrlDomain("www.example.org")
        .setUrlPath("/" + line)
        .setHttpResponseStatusCode(200)
        .setUserAgentOriginal("curl/8.5.0");
  }

  static PackedRecord chunk(int firstLine, RawLog.Builder... events) {
    Packer packer = new Packer(Codec.ZSTD);
    for (RawLog.Builder event : events) {
      byte[] bytes = event.build().toByteArray();
      packer.add(bytes, 0, bytes.length);
    }
    return packer.pack(
        ChunkHeader.newBuilder()
            .setFileId(7)
            .setFirstLine(firstLine)
            .setLines(events.length)
            .setMessageType("RawLog")
            .build());
  }

  /** The magic of an aggregated record, and a digest that does not fit. */
  static byte[] corrupt() {
    byte[] bytes = chunk(900, event(DAY, 900)).data();
    bytes[bytes.length - 1] ^= 1;
    return bytes;
  }

  static List<EnrichedLog> events(List<PackedRecord> records) {
    List<EnrichedLog> events = new ArrayList<>();
    records.forEach(record -> unpack(record.data(), events));
    return events;
  }

  static ChunkHeader unpack(byte[] record, List<EnrichedLog> events) {
    try {
      var chunk = new Unpacker("EnrichedLog").unpack(record);
      chunk.forEach(
          (buffer, from, to) ->
              events.add(
                  (EnrichedLog)
                      CanonicalJson.parse("EnrichedLog", Arrays.copyOfRange(buffer, from, to))));
      return chunk.header();
    } catch (CorruptRecordException e) {
      throw new AssertionError(e);
    }
  }
}
