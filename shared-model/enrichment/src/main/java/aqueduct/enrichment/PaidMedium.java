// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * A campaign's medium, or the parameter of a click id -> whether somebody paid for the click. Of
 * mediums: cpc, ppc and their like, display, banner, retargeting, and all that begin with "paid". A
 * click id is bought, but for those that a network hangs on every link that leaves it.
 */
final class PaidMedium {
  private static final byte[] PAID = ascii("paid");
  private static final byte[][] WORDS =
      Arrays.stream("cpa cpc cpm cpp cpv ppc banner display retargeting".split(" ", -1))
          .map(PaidMedium::ascii)
          .toArray(byte[][]::new);
  private static final Set<String> ON_EVERY_LINK = Set.of("fbclid", "igshid", "epik");

  private PaidMedium() {}

  /** Whether a click with that parameter was bought. */
  static boolean isClickId(String parameter) {
    return !ON_EVERY_LINK.contains(parameter);
  }

  /** Whether a campaign of that medium is bought, in any case of letters. */
  static boolean is(ByteSlice medium) {
    if (startsWith(medium, PAID)) {
      return true;
    }
    for (byte[] word : WORDS) {
      if (medium.length() == word.length && startsWith(medium, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(ByteSlice text, byte[] word) {
    if (text.length() < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte b = text.bytes()[i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
