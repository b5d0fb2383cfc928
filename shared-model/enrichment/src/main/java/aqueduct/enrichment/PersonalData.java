// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.ByteScan;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Text of a request -> the same with e-mail addresses as {@code [email]} and tokens as {@code
 * [token]}. An e-mail address is one with {@code @}, {@code %40} or {@code %2540} and a domain that
 * ends in letters. A token is a signed one ({@code eyJ...}); a run of 32 and more letters and
 * digits with both cases and digits among them; and what follows {@code jsessionid=}, {@code
 * token=} or a segment such as {@code /reset/}. Digests in lower-case hex and UUIDs are left: they
 * name files. Text without any costs a look at each byte.
 */
final class PersonalData {
  private static final int SHORTEST_TOKEN = 32;
  private static final byte[] EMAIL = ascii("[email]");
  private static final byte[] TOKEN = ascii("[token]");
  private static final byte[] SIGNED = ascii("eyJ");
  private static final byte[][] TELLING =
      words(
          "jsessionid phpsessid sessionid session sid token access_token reset reset-password"
              + " password-reset verify confirm activate unsubscribe invite magic-link secret"
              + " apikey api_key otp");
  private final boolean emails;
  private final boolean tokens;
  private final ByteSlice masked = new ByteSlice();

  PersonalData(Set<PrivacySettings.Mask> masks) {
    emails = masks.contains(PrivacySettings.Mask.EMAILS);
    tokens = masks.contains(PrivacySettings.Mask.TOKENS);
  }

  /** The masked text, valid until the next call. */
  ByteSlice masked() {
    return masked;
  }

  /** Whether there was something to mask; if so {@link #masked} has the rest of the text. */
  boolean mask(byte[] text, int from, int to) {
    boolean found = false;
    int copied = from;
    int start = from;
    while (start <= to) {
      int end = runEnd(text, start, to);
      byte[] instead = instead(text, from, start, end);
      if (instead.length > 0) {
        if (!found) {
          masked.clear();
          found = true;
        }
        int begin = instead == EMAIL ? localStart : start;
        masked.append(text, copied, begin);
        masked.append(instead, 0, instead.length);
        end = instead == EMAIL ? domainEnd : end;
        copied = end;
      }
      start = end + 1;
    }
    if (found) {
      masked.append(text, copied, to);
    }
    return found;
  }

  private int localStart;
  private int domainEnd;
  private static final byte[] NOTHING = {};

  /** A run ends at what separates words in URLs. */
  private static int runEnd(byte[] text, int start, int to) {
    int at = start;
    while (at < to && !separates(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean separates(byte b) {
    return switch (b) {
      case '/', '?', '&', '=', ';', ' ', ',', '"', '<', '>', '(', ')', ':', '|' -> true;
      default -> false;
    };
  }

  private byte[] instead(byte[] text, int from, int start, int end) {
    if (emails && isEmail(text, start, end)) {
      return EMAIL;
    }
    return tokens && isToken(text, from, start, end) ? TOKEN : NOTHING;
  }

  private boolean isEmail(byte[] text, int start, int end) {
    for (int at = nextAt(text, start, end); at < end; at = nextAt(text, at + 1, end)) {
      if (isEmail(text, start, at, end)) {
        return true;
      }
    }
    return false;
  }

  private static int nextAt(byte[] text, int from, int end) {
    int at = ByteScan.indexOf((byte) '@', text, from, end);
    return Math.min(at, encodedAt(text, from, at));
  }

  /** Whether there is an address around the sign, which may be encoded. */
  private boolean isEmail(byte[] text, int start, int at, int end) {
    int after = text[at] == '@' ? at + 1 : at + (text[at + 1] == '2' ? 5 : 3);
    int local = at;
    while (local > start && isAddress(text[local - 1])) {
      local--;
    }
    int domain = after;
    while (domain < end && (isWord(text[domain]) || text[domain] == '.' || text[domain] == '-')) {
      domain++;
    }
    localStart = local;
    domainEnd = domain;
    return local < at && endsInLetters(text, after, domain);
  }

  /** {@code %40}, or {@code %2540} where the log's own encoding is still on it. */
  private static int encodedAt(byte[] text, int start, int end) {
    for (int at = ByteScan.indexOf((byte) '%', text, start, end);
        at < end;
        at = ByteScan.indexOf((byte) '%', text, at + 1, end)) {
      int digits = at + 2 < end && text[at + 1] == '2' && text[at + 2] == '5' ? at + 3 : at + 1;
      if (digits + 1 < end && text[digits] == '4' && text[digits + 1] == '0') {
        return at;
      }
    }
    return end;
  }

  private static boolean endsInLetters(byte[] text, int from, int to) {
    int letters = 0;
    int end = to;
    while (end > from && (text[end - 1] == '.' || text[end - 1] == '-')) {
      end--;
    }
    while (end - letters > from && isLetter(text[end - letters - 1])) {
      letters++;
    }
    return letters >= 2 && end - letters > from && text[end - letters - 1] == '.';
  }

  private boolean isToken(byte[] text, int from, int start, int end) {
    int length = end - start;
    if (length == 0) {
      return false;
    }
    if (length >= 16 && startsWith(text, start, end, SIGNED)) {
      return true;
    }
    if (length >= SHORTEST_TOKEN && isRandom(text, start, end)) {
      return true;
    }
    return start > from && length >= 4 && followsTelling(text, from, start, end);
  }

  private static boolean isRandom(byte[] text, int start, int end) {
    boolean small = false;
    boolean capital = false;
    boolean digit = false;
    for (int i = start; i < end; i++) {
      byte b = text[i];
      small |= b >= 'a' && b <= 'z';
      capital |= b >= 'A' && b <= 'Z';
      digit |= b >= '0' && b <= '9';
      if (!isWord(b) && b != '-') {
        return false;
      }
    }
    return small && capital && digit;
  }

  /** {@code /reset/x1y2} and {@code ;jsessionid=x1y2}, if it has a digit as words have not. */
  private static boolean followsTelling(byte[] text, int from, int start, int end) {
    byte separator = text[start - 1];
    if (separator != '/' && separator != '=') {
      return false;
    }
    int word = start - 1;
    while (word > from && !separates(text[word - 1])) {
      word--;
    }
    return hasDigit(text, start, end) && isTelling(text, word, start - 1);
  }

  private static boolean isTelling(byte[] text, int from, int to) {
    for (byte[] word : TELLING) {
      if (word.length == to - from && equalsIgnoringCase(text, from, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equalsIgnoringCase(byte[] text, int from, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      byte b = text[from + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDigit(byte[] text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text[i] >= '0' && text[i] <= '9') {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] text, int start, int end, byte[] prefix) {
    return end - start >= prefix.length
        && java.util.Arrays.equals(text, start, start + prefix.length, prefix, 0, prefix.length);
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static boolean isWord(byte b) {
    return isLetter(b) || (b >= '0' && b <= '9') || b == '_';
  }

  private static boolean isAddress(byte b) {
    return isWord(b) || b == '.' || b == '-' || b == '+' || b == '%';
  }

  private static byte[][] words(String words) {
    return java.util.Arrays.stream(words.split(" ", -1))
        .map(PersonalData::ascii)
        .toArray(byte[][]::new);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
