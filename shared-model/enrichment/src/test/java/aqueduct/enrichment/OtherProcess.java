// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Codec;
import aqueduct.wire.RawLog;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A process of its own that enriches made chunks and says what came of them. */
final class OtherProcess {
  private OtherProcess() {}

  /** Datasets' folder, and the seed of the order in which the chunks are enriched. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(
        "digest "
            + digest(Path.of(arguments[0]), Long.parseLong(arguments[1]))
            + " yauaa "
            + AgentAnalyzer.wasBuilt());
  }

  /** A digest over all chunks, in their own order, whatever the order in which they were done. */
  static String digest(Path datasets, long order) throws Exception {
    EnrichmentContext context =
        new EnrichmentContext(
            new FileDatasetCatalogue(datasets, new BundledDatasets()),
            EnrichmentSettings.defaults());
    Enricher enricher = new Enricher(context, Codec.ZSTD);
    List<byte[]> chunks = chunks();
    List<Integer> shuffled = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      shuffled.add(i);
    }
    Collections.shuffle(shuffled, new Random(order));
    TreeMap<Integer, byte[]> done = new TreeMap<>();
    for (int i : shuffled) {
      done.put(i, enricher.enrich(chunks.get(i)).record().data());
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    done.values().forEach(sha256::update);
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Of two years, with every kind of field. */
  private static List<byte[]> chunks() {
    Random random = new Random(11);
    List<String> agents = agents();
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<byte[]> events = new ArrayList<>();
      for (int line = 0; line < 100; line++) {
        RawLog.Builder raw =
            Enriching.raw()
                .setLine(100 * i + line)
                .setTimeUs(
                    Enriching.us("2026-11-01T00:00:00Z") + random.nextInt(63_000) * 1_000_000_000L)
                .setClientIp(
                    random.nextInt(224) + "." + random.nextInt(256) + ".7." + random.nextInt(256))
                .setUserAgentOriginal(agents.get(random.nextInt(agents.size())))
                .setReferrer("https://www.google.com/search?q=" + random.nextInt(50))
                .setQuery("utm_source=s" + random.nextInt(9) + "&gclid=" + random.nextInt())
                .setUrlPath("/p/" + random.nextInt(9) + "/x@example.org/%41")
                .putExtra("b", "x@example.org")
                .putExtra("a", "1");
        events.add(raw.build().toByteArray());
      }
      chunks.add(Enriching.pack(events));
    }
    return chunks;
  }

  static List<String> agents() {
    return GeneratedAgents.of(12, 40);
  }
}
