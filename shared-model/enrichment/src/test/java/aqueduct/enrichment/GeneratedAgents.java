// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A seed -> user agents of the forms that people's and bots' programs have, and damaged ones. */
final class GeneratedAgents {
  private static final String[] PHONES = {
    "Pixel 7", "SM-G991B", "SM-A525F", "M2101K6G", "CPH2205", "moto g(9) play"
  };

  private GeneratedAgents() {}

  static List<String> of(long seed, int count) {
    Random random = new Random(seed);
    Set<String> agents = new LinkedHashSet<>();
    while (agents.size() < count) {
      agents.add(one(random));
    }
    return new ArrayList<>(agents);
  }

  private static String one(Random random) {
    int version = 60 + random.nextInt(80);
    String chrome =
        " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + version + ".0." + random.nextInt(6000);
    return switch (random.nextInt(9)) {
      case 0 -> "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + chrome + ".1 Safari/537.36";
      case 1 ->
          "Mozilla/5.0 (Linux; Android "
              + (8 + random.nextInt(7))
              + "; "
              + PHONES[random.nextInt(PHONES.length)]
              + ")"
              + chrome
              + ".2 Mobile Safari/537.36";
      case 2 ->
          "Mozilla/5.0 (iPhone; CPU iPhone OS "
              + (12 + random.nextInt(6))
              + "_"
              + random.nextInt(7)
              + " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16."
              + random.nextInt(7)
              + " Mobile/15E148 Safari/604.1";
      case 3 ->
          "Mozilla/5.0 (X11; Linux x86_64; rv:"
              + version
              + ".0) Gecko/20100101 Firefox/"
              + version
              + ".0";
      case 4 -> "Mozilla/5.0 (compatible; Bot" + random.nextInt(50) + "/1.0; +http://b.example/)";
      case 5 -> "tool" + random.nextInt(100) + "/" + random.nextInt(9) + "." + random.nextInt(9);
      case 6 ->
          "Mozilla/5.0 (SMART-TV; Linux; Tizen "
              + (2 + random.nextInt(5))
              + ".0) AppleWebKit/538.1 (KHTML, like Gecko) Version/6.0 TV Safari/538.1";
      case 7 ->
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_"
              + random.nextInt(8)
              + ")"
              + chrome
              + ".3 Safari/537.36 Edg/"
              + version
              + ".0";
      default -> "Mozilla/5.0 (".repeat(1 + random.nextInt(3)) + (char) (33 + random.nextInt(900));
    };
  }

  /** Those of the shared samples, none where these are not there. */
  static List<String> samples() throws IOException {
    Path folder = Path.of(System.getProperty("aqueduct.samples", "none"), "ua");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Set<String> agents = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          String text = line.strip();
          if (text.startsWith("- ")) {
            agents.add(
                text.replaceFirst("^- (user_agent_string: )?", "").replaceAll("^['\"]|['\"]$", ""));
          }
        }
      }
    }
    return new ArrayList<>(agents);
  }
}
