// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.enrichment.Enricher.Enriched;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Packer;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A page of a shop asked by a browser, and ways to have it enriched. */
final class Enriching {
  static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/78.0.3904.108 Safari/537.36";

  /** The bundled datasets and the default settings. */
  static final EnrichmentContext CONTEXT =
      new EnrichmentContext(new BundledDatasets(), EnrichmentSettings.defaults());

  private Enriching() {}

  static long us(String time) {
    return Instant.parse(time).getEpochSecond() * 1_000_000;
  }

  static RawLog.Builder raw() {
    return RawLog.newBuilder()
        .setFileId(7)
        .setLine(3)
        .setTimeUs(us("2026-11-23T10:00:00Z"))
        .setClientIp("81.2.69.142")
        .setHttpRequestMethod("GET")
        .setCdnDomain("d1.cloudfront.net")
        .setUrlDomain("WWW.Example.org")
        .setUrlScheme("https")
        .setUrlPath("/shop/item.html")
        .setHttpResponseStatusCode(200)
        .setHttpResponseMimeType("text/html; charset=utf-8")
        .setUserAgentOriginal(CHROME)
        .setCdnResultType("Hit");
  }

  static byte[] pack(List<byte[]> messages) {
    Packer packer = new Packer(Codec.ZSTD);
    messages.forEach(bytes -> packer.add(bytes, 0, bytes.length));
    return packer
        .pack(
            ChunkHeader.newBuilder()
                .setFileId(7)
                .setFirstLine(3)
                .setLines(messages.size() + 2)
                .setRejected(2)
                .setMessageType("RawLog")
                .build())
        .data();
  }

  static Enriched chunk(EnrichmentContext context, RawLog.Builder... raw) {
    List<byte[]> messages = new ArrayList<>();
    for (RawLog.Builder one : raw) {
      messages.add(one.build().toByteArray());
    }
    try {
      return new Enricher(context, Codec.ZSTD).enrich(pack(messages));
    } catch (CorruptRecordException e) {
      throw new AssertionError(e);
    }
  }

  static List<EnrichedLog> events(Enriched enriched) {
    List<EnrichedLog> events = new ArrayList<>();
    try {
      new Unpacker("EnrichedLog")
          .unpack(enriched.record().data())
          .forEach(
              (buffer, from, to) -> {
                try {
                  events.add(EnrichedLog.parseFrom(ByteBuffer.wrap(buffer, from, to - from)));
                } catch (InvalidProtocolBufferException e) {
                  throw new AssertionError(e);
                }
              });
    } catch (CorruptRecordException e) {
      throw new AssertionError(e);
    }
    return events;
  }

  static EnrichedLog event(EnrichmentContext context, RawLog.Builder raw) {
    return events(chunk(context, raw)).get(0);
  }

  static EnrichedLog event(RawLog.Builder raw) {
    return event(CONTEXT, raw);
  }

  static EnrichmentContext with(EnrichmentSettings settings) {
    return new EnrichmentContext(new BundledDatasets(), settings);
  }
}
