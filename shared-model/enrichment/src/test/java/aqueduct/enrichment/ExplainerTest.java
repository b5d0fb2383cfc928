// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.Packer;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every step is shown with what it added, and the steps together are the event. */
class ExplainerTest {
  private static byte[] record() {
    byte[] event =
        RawLog.newBuilder()
            .setFileId(1)
            .setLine(3)
            .setTimeUs(1_574_200_000_000_000L)
            .setUrlDomain("www.example.org")
            .setHttpRequestMethod("GET")
            .setUrlPath("/a")
            .setHttpResponseStatusCode(200)
            .setCdnResultType("Hit")
            .build()
            .toByteArray();
    Packer packer = new Packer(Codec.ZSTD);
    packer.add(event, 0, event.length);
    return packer
        .pack(
            ChunkHeader.newBuilder()
                .setFileId(1)
                .setFirstLine(3)
                .setLines(1)
                .setMessageType("RawLog")
                .build())
        .data();
  }

  @Test
  void the_steps_add_up_to_the_event() throws CorruptRecordException {
    EnrichmentSettings settings =
        EnrichmentSettings.defaults().withChain(List.of("site", "kind", "cache"));
    Explainer explainer =
        new Explainer(
            new EnrichmentContext(
                new BundledDatasets(), settings, VisitorKeys.derivedFrom("secret")));
    Explainer.Explanation explanation = explainer.explain(record());
    assertThat(explanation.steps())
        .extracting(Explainer.Step::name)
        .containsExactly("site", "kind", "cache");
    EnrichedLog.Builder sum = EnrichedLog.newBuilder();
    explanation.steps().forEach(step -> sum.mergeFrom(step.added()));
    assertThat(sum.getSiteId()).isEqualTo("www.example.org");
    assertThat(sum.getEventKind()).isEqualTo("page_view");
    assertThat(sum.getCdnCacheHit()).isTrue();
    List<EnrichedLog> events = new ArrayList<>();
    new Unpacker("EnrichedLog")
        .unpack(explanation.enriched().record().data())
        .forEach((buffer, from, to) -> events.add(parsed(buffer, from, to)));
    EnrichedLog event = events.get(0);
    assertThat(EnrichedLog.newBuilder(event).mergeFrom(sum.build()).build()).isEqualTo(event);
  }

  private static EnrichedLog parsed(byte[] buffer, int from, int to) {
    try {
      return EnrichedLog.parser().parseFrom(buffer, from, to - from);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
