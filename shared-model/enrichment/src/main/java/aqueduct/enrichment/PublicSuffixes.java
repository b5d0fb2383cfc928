// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Hosts -> the domain that somebody registered, by the rules of the Public Suffix List (format and
 * algorithm: https://publicsuffix.org/list/, both its sections). A host that is itself a public
 * suffix, an address, or of one label has none.
 */
final class PublicSuffixes {
  private static final int LONGEST = 8 << 20;
  private final Set<String> rules = new HashSet<>();

  /** The list of a day for which there is none. */
  static PublicSuffixes none() {
    return new PublicSuffixes();
  }

  static PublicSuffixes read(InputStream list) throws IOException {
    byte[] bytes = list.readNBytes(LONGEST + 1);
    PublicSuffixes suffixes = new PublicSuffixes();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new java.io.ByteArrayInputStream(bytes), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String rule = line.strip().split("\\s", 2)[0];
        if (!rule.isEmpty() && !rule.startsWith("//")) {
          suffixes.add(rule);
        }
      }
    }
    if (bytes.length > LONGEST
        || suffixes.rules.size() < 100
        || !suffixes.rules.contains("com")
        || !suffixes.rules.contains("co.uk")) {
      throw new CorruptDatasetException("it is no Public Suffix List, or cut");
    }
    return suffixes;
  }

  private void add(String rule) throws CorruptDatasetException {
    String mark = rule.startsWith("!") ? "!" : "";
    try {
      rules.add(
          mark
              + IDN.toASCII(rule.substring(mark.length()), IDN.ALLOW_UNASSIGNED)
                  .toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CorruptDatasetException("it has a rule that is no domain: " + rule);
    }
  }

  /** The registered domain of a host in small letters; empty if it has none. */
  String registered(String host) {
    if (rules.isEmpty() || host.startsWith(".") || host.endsWith(".") || isAddress(host)) {
      return "";
    }
    String before = "";
    for (String suffix = host; !suffix.isEmpty(); suffix = parent(suffix)) {
      if (rules.contains("!" + suffix)) {
        return suffix; // an exception: its parent is the public suffix
      }
      if (rules.contains(suffix) || rules.contains("*." + parent(suffix))) {
        return before;
      }
      before = suffix;
    }
    return lastTwo(host); // the list's rule for what it does not know: "*"
  }

  private static String parent(String domain) {
    int dot = domain.indexOf('.');
    return dot < 0 ? "" : domain.substring(dot + 1);
  }

  private static String lastTwo(String host) {
    int last = host.lastIndexOf('.');
    return last < 0 ? "" : host.substring(host.lastIndexOf('.', last - 1) + 1);
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0
        || host.startsWith("[")
        || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
