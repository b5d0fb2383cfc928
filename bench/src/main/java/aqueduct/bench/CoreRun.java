// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.bench.Rounds.Round;
import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.local.traffic.TrafficFile;
import aqueduct.logs.Codec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The core loops on one corpus, beside unpacking alone. */
final class CoreRun {
  /** What enrich began with: agent with device class, bot, kind, visitor, place, referrer. */
  private static final List<String> FIRST_CHAIN =
      List.of("site", "agent", "bot", "kind", "visitor", "geo", "address", "referrer");

  private final Corpus corpus;
  private final Rounds rounds;
  private final Figures figures;
  private final EnrichmentContext context =
      new EnrichmentContext(new BundledDatasets(), EnrichmentSettings.defaults());
  private final Enricher enricher = Core.enricher(context);
  private final ThreadLocal<Enricher> ofThread =
      ThreadLocal.withInitial(() -> Core.enricher(context));

  CoreRun(Corpus corpus, Rounds rounds, Figures figures) {
    this.corpus = corpus;
    this.rounds = rounds;
    this.figures = figures;
  }

  /** Answers lines per CPU-second of streamify and enrich together, warm. */
  double measure() {
    figures.title("Core loops, one thread");
    byte[] buffer = new byte[1 << 16];
    Round gunzip =
        rounds.median(() -> corpus.files().forEach(file -> Corpus.gunzip(file.gzip(), buffer)));
    say("gunzip alone (JDK GZIPInputStream)", gunzip);
    Round streamify = rounds.median(() -> Core.streamify(corpus.files(), Codec.ZSTD));
    say("streamify", streamify);
    figures.atMost("streamify over gunzip", streamify.cpuSeconds() / gunzip.cpuSeconds(), 2.2, "x");
    List<byte[]> raw = Core.streamify(corpus.files(), Codec.ZSTD);
    Round cold = Rounds.once(() -> Core.enrich(raw, enricher));
    say("enrich, first pass (agents by yauaa, cold JIT)", cold);
    Round enrich = rounds.median(() -> Core.enrich(raw, enricher));
    say("enrich, warm", enrich);
    double both = corpus.lines() / (streamify.cpuSeconds() + enrich.cpuSeconds());
    figures.say("streamify + enrich", "%,.0f lines per CPU-second", both);
    figures.atLeast(
        "enrich, warm, over 1,000 events/s", corpus.lines() / enrich.cpuSeconds() / 1000, 100, "x");
    chains(raw, enrich);
    long enriched = Core.bytes(Core.enrich(raw, enricher));
    garbage(streamify.garbageBytes() - Core.bytes(raw), enrich.garbageBytes() - enriched);
    bytes(raw, enriched);
    threads();
    return both;
  }

  /** What the enrichments beside the first ones add. */
  private void chains(List<byte[]> raw, Round full) {
    Enricher first =
        Core.enricher(
            new EnrichmentContext(
                new BundledDatasets(), EnrichmentSettings.defaults().withChain(FIRST_CHAIN)));
    Round basic = rounds.median(() -> Core.enrich(raw, first));
    say("enrich, warm, " + FIRST_CHAIN.size() + " of its enrichments", basic);
    figures.atMost(
        "cost of the full chain over these", full.cpuSeconds() / basic.cpuSeconds(), 2, "x");
  }

  private void say(String name, Round round) {
    figures.say(name, "%,.0f lines per CPU-second", corpus.lines() / round.cpuSeconds());
  }

  private void garbage(long streamify, long enrich) {
    double lines = corpus.lines();
    figures.title("Garbage of the core loops, beside the records that they make");
    figures.atMost("streamify, bytes an event", streamify / lines, 64, "B ");
    figures.atMost("enrich, bytes an event", enrich / lines, 64, "B ");
  }

  private void bytes(List<byte[]> raw, long enriched) {
    double lines = corpus.lines();
    long kpl = Core.bytes(Core.streamify(corpus.files(), Codec.KPL));
    long zstd = Core.bytes(raw);
    figures.title("Bytes");
    figures.say("source gz, bytes a line", "%.1f", corpus.gzipBytes() / lines);
    figures.say("raw-logs, bytes an event", "%.1f zstd, %.1f kpl", zstd / lines, kpl / lines);
    figures.say("enriched-logs, bytes an event", "%.1f zstd", enriched / lines);
    figures.atMost("raw-logs (zstd) over source gz", (double) zstd / corpus.gzipBytes(), 1.05, "x");
    figures.atMost("raw-logs, zstd over kpl", (double) zstd / kpl, 0.28, "x");
  }

  private void threads() {
    Round one = rounds.median(() -> both(corpus.files()));
    List<List<TrafficFile>> halves = List.of(everySecond(0), everySecond(1));
    Round two =
        rounds.median(
            () ->
                CompletableFuture.allOf(
                        halves.stream()
                            .map(half -> CompletableFuture.runAsync(() -> both(half)))
                            .toArray(CompletableFuture[]::new))
                    .join());
    figures.title("Two threads");
    figures.atLeast(
        "rate per CPU-second, over one thread", one.cpuSeconds() / two.cpuSeconds(), 0.85, "x");
  }

  private List<TrafficFile> everySecond(int first) {
    return IntStream.range(0, corpus.files().size())
        .filter(i -> i % 2 == first)
        .mapToObj(corpus.files()::get)
        .toList();
  }

  private void both(List<TrafficFile> files) {
    Core.enrich(Core.streamify(files, Codec.ZSTD), ofThread.get());
  }
}
