// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.util.SplittableRandom;

/**
 * The content of a request line: pages, referrers, campaigns, addresses, results. Shared by all
 * threads, holds no state but its tables.
 */
final class LogLines {
  private static final String[] SECTIONS = {"news", "sport", "culture", "guide", "product", "blog"};
  private static final String[] REFERRERS = {
    "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/",
    "https://www.facebook.com/", "https://t.co/a1B2c3D4", "https://www.linkedin.com/feed/",
    "https://chatgpt.com/", "https://news.ycombinator.com/item?id=1", "https://mail.google.com/"
  };
  private static final String[] CAMPAIGNS = {
    "utm_source=newsletter&utm_medium=email&utm_campaign=autumn",
    "utm_source=google&utm_medium=cpc&utm_campaign=brand&gclid=Cj0KCQiA",
    "utm_source=facebook&utm_medium=paid_social&utm_campaign=launch",
    "utm_source=partner&utm_medium=affiliate&utm_campaign=black-friday"
  };
  static final String[] EDGES = {
    "FRA56-P1",
    "IAD89-C1",
    "LHR61-P4",
    "CDG52-P2",
    "NRT57-P1",
    "GRU1-C1",
    "SIN2-P1",
    "SFO5-C1",
    "AMS58-P5",
    "BOM78-P1",
    "SYD62-P2",
    "MAD51-C2"
  };
  private static final int PAGES = 3000;
  private static final int VISITORS = 200_000;
  private static final int[] FIRST_BYTES = {
    3, 8, 13, 18, 23, 31, 37, 46, 51, 62, 77, 80, 82, 85, 88, 91, 95, 101, 109, 121, 126, 133, 151,
    177, 186, 189, 200, 201, 210, 213
  };

  private final Agents agents = new Agents();
  private final Popularity pages = Popularity.zipf(PAGES, 0.9);
  private final Popularity visitors = Popularity.zipf(VISITORS, 0.6);
  private final Popularity referrers = Popularity.of(50, 8, 6, 12, 8, 4, 5, 4, 3);
  private final byte[][] paths = new byte[PAGES][];
  private final byte[][] assets = new byte[PAGES][];

  LogLines() {
    for (int i = 0; i < PAGES; i++) {
      paths[i] = ByteText.ascii(path(i));
      assets[i] = ByteText.ascii(asset(i));
    }
  }

  private static String path(int page) {
    if (page == 0) return "/";
    return "/"
        + SECTIONS[page % SECTIONS.length]
        + "/"
        + (page % 11 == 0 ? "caf%25C3%25A9-" : "story-")
        + page
        + (page % 3 == 0 ? ".html" : "/");
  }

  private static String asset(int n) {
    return switch (n % 4) {
      case 0 -> "/assets/app." + Integer.toHexString(n / 40 + 4096) + ".js";
      case 1 -> "/assets/site." + Integer.toHexString(n / 40 + 4096) + ".css";
      case 2 -> "/images/photo-" + n + ".jpg";
      default -> "/fonts/text-" + n % 6 + ".woff2";
    };
  }

  int visitor(SplittableRandom random) {
    return visitors.pick(random);
  }

  byte[] page(SplittableRandom random) {
    return paths[pages.pick(random)];
  }

  byte[] asset(SplittableRandom random) {
    return assets[pages.pick(random)];
  }

  void referrer(Site site, SplittableRandom random, ByteText out) {
    int kind = random.nextInt(100);
    if (kind < 55) out.add("https://").add(site.host()).add(page(random));
    else if (kind < 80) out.add(REFERRERS[referrers.pick(random)]);
    else out.add('-');
  }

  static String query(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 4) return CAMPAIGNS[random.nextInt(CAMPAIGNS.length)];
    return kind < 10 ? "page=" + random.nextInt(1, 9) : "-";
  }

  /** Always the same for one visitor. */
  static void address(int visitor, ByteText out) {
    long hash = hash(visitor);
    if ((hash & 7) == 0) {
      out.add("2a02:8108:")
          .hex(hash >>> 8, 4)
          .add(':')
          .hex(hash >>> 24, 4)
          .add("::")
          .hex(hash >>> 40, 4);
      return;
    }
    out.number(FIRST_BYTES[(int) (hash >>> 3 & 0xffff) % FIRST_BYTES.length]).add('.');
    out.number(hash >>> 20 & 255).add('.').number(hash >>> 28 & 255).add('.');
    out.number(1 + (hash >>> 36 & 127));
  }

  byte[] agent(int visitor, boolean bot, TrafficPlan.Mix mix, SplittableRandom random) {
    if (bot) return agents.bot(random);
    if (random.nextInt(1000) < mix.rarePerMille) return Agents.rare(random.nextInt(mix.rareAgents));
    return agents.popular(new SplittableRandom(hash(visitor)));
  }

  private static long hash(long visitor) {
    long z = (visitor + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 31);
  }
}
