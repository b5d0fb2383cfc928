// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import aqueduct.wire.EnrichedLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Enriched events made from a seed, in the shape that metrics count. */
public final class Events {

  private Events() {}

  /**
   * {@code count} events of the hour after {@code start}: a few sites, pages, countries, bots among
   * them.
   */
  public static List<EnrichedLog> enriched(long seed, int count, Instant start) {
    Random random = new Random(seed);
    List<EnrichedLog> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(enriched(random, i, start));
    }
    return events;
  }

  private static EnrichedLog enriched(Random random, int line, Instant start) {
    boolean bot = random.nextInt(10) == 0;
    boolean page = !bot && random.nextBoolean();
    EnrichedLog.Builder event =
        EnrichedLog.newBuilder()
            .setFileId(42)
            .setLine(line + 1)
            .setTimeUs((start.getEpochSecond() + random.nextInt(3600)) * 1_000_000)
            .setSiteId("site-" + random.nextInt(3) + ".example")
            .setUrlPath("/page/" + random.nextInt(40))
            .setEventKind(page ? "page_view" : "asset")
            .setHttpResponseStatusCode(
                List.of(200, 200, 200, 304, 404, 503, 0).get(random.nextInt(7)))
            .setHttpResponseSize(random.nextInt(50_000))
            .setTimeTakenMs(random.nextInt(2_000))
            .setCdnResultType(List.of("Hit", "RefreshHit", "Miss", "Error").get(random.nextInt(4)))
            .setVisitorId(random.nextInt(500))
            .setBotIsBot(bot);
    if (random.nextInt(5) > 0) {
      event.setGeoCountryIsoCode(List.of("DK", "DE", "US").get(random.nextInt(3)));
    }
    if (bot) {
      event.setBotName("crawler-" + random.nextInt(4)).setBotCategory("search");
    }
    return event.build();
  }
}
