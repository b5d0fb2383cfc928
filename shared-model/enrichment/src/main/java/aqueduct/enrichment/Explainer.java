// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.wire.EnrichedLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;

/**
 * A RawLog chunk -> what an {@link Enricher} makes of it, and what each enrichment of its chain
 * added to its events, one after the other. For people who ask why; not thread-safe.
 */
public final class Explainer {
  private final List<Step> steps = new ArrayList<>();
  private final Enricher enricher;

  public Explainer(EnrichmentContext context) {
    enricher = new Enricher(context, Codec.KPL, Recorded::new);
  }

  /**
   * What one enrichment did.
   *
   * @param name its name in the chain
   * @param added the fields that it wrote, and no others
   */
  public record Step(String name, EnrichedLog added) {}

  /** What became of the chunk, and the steps of its events that were not filtered, in order. */
  public record Explanation(Enricher.Enriched enriched, List<Step> steps) {}

  /** As {@link Enricher#enrich}. */
  public Explanation explain(byte[] packedRawRecord) throws CorruptRecordException {
    steps.clear();
    Enricher.Enriched enriched = enricher.enrich(packedRawRecord);
    return new Explanation(enriched, List.copyOf(steps));
  }

  /** An enrichment whose writing is kept. */
  private final class Recorded implements Enrichment {
    private final Enrichment inner;

    Recorded(Enrichment inner) {
      this.inner = inner;
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
      int from = out.length();
      inner.enrich(event, day, out);
      try {
        EnrichedLog added = EnrichedLog.parser().parseFrom(out.buffer(), from, out.length() - from);
        steps.add(new Step(name(), added));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("enrichment " + name() + " wrote no whole fields", e);
      }
    }
  }
}
