// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench.micro;

import aqueduct.bench.Core;
import aqueduct.bench.Corpus;
import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.local.traffic.TrafficPlan;
import aqueduct.logs.Codec;
import java.util.List;

/** The made events that all benchmarks share, and the datasets for them. */
final class Events {
  static final int COUNT = 30_000;

  private Events() {}

  static Corpus corpus(TrafficPlan.Mix mix) {
    return Corpus.make(Corpus.plan(COUNT, 1, mix));
  }

  static List<byte[]> raw(TrafficPlan.Mix mix) {
    return Core.streamify(corpus(mix).files(), Codec.ZSTD);
  }

  static EnrichmentContext context(List<String> chain) {
    return new EnrichmentContext(
        new BundledDatasets(), EnrichmentSettings.defaults().withChain(chain));
  }
}
