// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.Set;

/**
 * What is known of people, and what of it is kept.
 *
 * @param visitorCookie the cookie that holds a visitor's id; empty: none
 * @param sessionCookie the cookie that holds a session's id; empty: none
 * @param bitsV4 bits of an IPv4 address that are kept
 * @param bitsV6 bits of an IPv6 address that are kept
 * @param masks what is masked wherever text of a request travels
 * @param trustedProxies ranges of addresses whose x-forwarded-for is believed
 * @param droppedColumns columns of a log that have no field of their own and must not travel
 * @param masksRawLogs whether an event is masked before it is first packed, see {@link RawLogMask}
 */
public record PrivacySettings(
    String visitorCookie,
    String sessionCookie,
    int bitsV4,
    int bitsV6,
    Set<Mask> masks,
    Set<String> trustedProxies,
    Set<String> droppedColumns,
    boolean masksRawLogs) {

  /** What can be masked. */
  public enum Mask {
    /** Addresses of e-mail. */
    EMAILS,
    /** Signed and random tokens, session ids in paths, and what follows a word such as "reset". */
    TOKENS
  }

  public PrivacySettings {
    require(bitsV4 >= 0 && bitsV4 <= 32, "address-bits-v4", bitsV4, "0 to 32");
    require(bitsV6 >= 0 && bitsV6 <= 128, "address-bits-v6", bitsV6, "0 to 128");
    masks = Ordered.set(masks);
    trustedProxies = Ordered.set(trustedProxies);
    trustedProxies.forEach(AddressRange::parse);
    droppedColumns = Ordered.set(droppedColumns);
  }

  static void require(boolean ok, String name, int value, String range) {
    if (!ok) {
      throw new IllegalArgumentException(
          "enrichment " + name + " is " + value + ": must be " + range);
    }
  }

  /** No cookie, addresses cut to /24 and /48, everything masked, nobody trusted. */
  public static PrivacySettings defaults() {
    return new PrivacySettings(
        "",
        "",
        24,
        48,
        Set.of(Mask.values()),
        Set.of(),
        Set.of("cs-headers", "cs-header-names"),
        false);
  }

  /** The same, with events masked before they are first packed. */
  public PrivacySettings withMaskedRawLogs() {
    return new PrivacySettings(
        visitorCookie, sessionCookie, bitsV4, bitsV6, masks, trustedProxies, droppedColumns, true);
  }
}
