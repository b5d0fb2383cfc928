// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * User agents in the forms that browsers, apps and bots send, percent-encoded as CloudFront logs
 * them: a popular few by Zipf's law, and a tail of rare ones.
 */
final class Agents {
  private static final String KHTML = "AppleWebKit/537.36 (KHTML, like Gecko) ";
  private static final String SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) ";
  private static final String[] PHONES = {
    "SM-S918B",
    "SM-A546E",
    "Pixel 8",
    "Pixel 7a",
    "23021RAAEG",
    "CPH2581",
    "M2101K6G",
    "SM-G991U",
    "moto g power (2022)",
    "XQ-DC54",
    "V2219",
    "RMX3771"
  };
  private static final String[] BOTS = {
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "python-requests/2.31.0",
    "curl/8.4.0",
    "Go-http-client/2.0",
    "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)"
  };

  private final byte[][] popular = popular().stream().map(Agents::encoded).toArray(byte[][]::new);
  private final byte[][] bots = Arrays.stream(BOTS).map(Agents::encoded).toArray(byte[][]::new);
  private final Popularity popularity = Popularity.zipf(popular.length, 1.05);
  private final Popularity botPopularity = Popularity.zipf(bots.length, 0.8);

  byte[] popular(SplittableRandom random) {
    return popular[popularity.pick(random)];
  }

  byte[] bot(SplittableRandom random) {
    return bots[botPopularity.pick(random)];
  }

  /** The n-th rare agent. */
  static byte[] rare(int n) {
    String phone =
        PHONES[n % PHONES.length] + " Build/UP1A.23" + (1000 + n / 12 % 9000) + ".00" + n % 9;
    return encoded(
        "Mozilla/5.0 (Linux; Android "
            + (9 + n % 7)
            + "; "
            + phone
            + "; wv) "
            + KHTML
            + "Version/4.0 Chrome/"
            + (100 + n % 40)
            + ".0."
            + (4800 + n % 2000)
            + "."
            + n % 200
            + " Mobile Safari/537.36 Shop/"
            + (n % 9 + 1)
            + "."
            + n % 31);
  }

  private static List<String> popular() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int chrome = 131 - i;
      int ios = 18 - i / 3;
      all.add(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
              + KHTML
              + "Chrome/"
              + chrome
              + ".0.0.0 Safari/537.36");
      all.add(
          "Mozilla/5.0 (iPhone; CPU iPhone OS "
              + ios
              + "_"
              + i % 4
              + " like Mac OS X) "
              + SAFARI
              + "Version/"
              + ios
              + "."
              + i % 4
              + " Mobile/15E148 Safari/604.1");
      all.add(
          "Mozilla/5.0 (Linux; Android 10; K) "
              + KHTML
              + "Chrome/"
              + chrome
              + ".0.0.0 Mobile Safari/537.36");
      all.add(
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
              + KHTML
              + "Chrome/"
              + chrome
              + ".0.0.0 Safari/537.36");
      all.add(
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
              + SAFARI
              + "Version/"
              + ios
              + "."
              + i % 5
              + " Safari/605.1.15");
      all.add(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:"
              + (132 - i)
              + ".0) Gecko/20100101 Firefox/"
              + (132 - i)
              + ".0");
      all.add(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
              + KHTML
              + "Chrome/"
              + chrome
              + ".0.0.0 Safari/537.36 Edg/"
              + chrome
              + ".0.0.0");
      all.add(
          "Mozilla/5.0 (Linux; Android 14; "
              + PHONES[i]
              + ") "
              + KHTML
              + "SamsungBrowser/"
              + (26 - i)
              + ".0 Chrome/"
              + (chrome - 8)
              + ".0.0.0 Mobile Safari/537.36");
      all.add(
          "Mozilla/5.0 (iPad; CPU OS "
              + ios
              + "_"
              + i % 4
              + " like Mac OS X) "
              + SAFARI
              + "CriOS/"
              + chrome
              + ".0.6778.73 Mobile/15E148 Safari/604.1");
      all.add(
          "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:"
              + (132 - i)
              + ".0) Gecko/20100101 Firefox/"
              + (132 - i)
              + ".0");
    }
    return all;
  }

  /** What CloudFront escapes: control, space, beyond ASCII, and 15 printable characters. */
  static byte[] encoded(String text) {
    StringBuilder plain = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b <= 32 || b == 127 || "<>\"#%{}|\\^~[]`'".indexOf(b) >= 0) {
        plain.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      } else {
        plain.append((char) b);
      }
    }
    return ByteText.ascii(plain.toString());
  }
}
