// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.enrichment.BotList.Bot;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Autonomous systems -> whether they rent out servers, and whether only bots are in them; by number
 * and by words in the organisation's name.
 */
final class NetworkList {
  private final Set<Long> hosting;
  private final List<String> hostingWords;
  private final Map<Long, Bot> bots;

  private NetworkList(Set<Long> hosting, List<String> hostingWords, Map<Long, Bot> bots) {
    this.hosting = hosting;
    this.hostingWords = hostingWords;
    this.bots = bots;
  }

  static NetworkList none() {
    return new NetworkList(Set.of(), List.of(), Map.of());
  }

  /** Reads a list in the form of networks.yml. */
  static NetworkList read(InputStream yaml) throws IOException {
    Map<?, ?> root = ListFile.read(yaml);
    var unused = ListFile.version(root);
    Map<?, ?> hosting = ListFile.map(root, "hosting");
    Set<Long> numbers = new HashSet<>();
    for (Object number : ListFile.map(hosting, "numbers").keySet()) {
      numbers.add(number(number));
    }
    List<String> words = new ArrayList<>();
    for (Object word : ListFile.list(hosting, "words")) {
      words.add(String.valueOf(word).toLowerCase(Locale.ROOT));
    }
    Map<Long, Bot> bots = new HashMap<>();
    Map<?, ?> categories = ListFile.map(root, "bots");
    for (Object category : categories.keySet()) {
      Map<?, ?> networks = ListFile.map(categories, String.valueOf(category));
      for (Map.Entry<?, ?> network : networks.entrySet()) {
        bots.put(
            number(network.getKey()),
            new Bot(String.valueOf(network.getValue()), String.valueOf(category)));
      }
    }
    return new NetworkList(numbers, words, bots);
  }

  private static long number(Object text) throws CorruptDatasetException {
    if (text instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw new CorruptDatasetException("it has " + text + " where a system's number must be");
  }

  boolean isHosting(long number, @Nullable String organisation) {
    if (hosting.contains(number)) {
      return true;
    }
    String small = organisation == null ? "" : organisation.toLowerCase(Locale.ROOT);
    return hostingWords.stream().anyMatch(small::contains);
  }

  Optional<Bot> bot(long number) {
    return Optional.ofNullable(bots.get(number));
  }
}
