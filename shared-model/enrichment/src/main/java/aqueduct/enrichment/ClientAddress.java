// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.FieldScan;
import aqueduct.wire.RawLog;
import java.util.Collection;
import java.util.List;

/**
 * The connecting address and x-forwarded-for -> the client's address. The header counts only where
 * the connecting address is a trusted proxy's; then it is read from its end, where each proxy wrote
 * the address that it saw, past those of other trusted proxies. What anyone could have written
 * before that is not believed. A header that is damaged there, or has more than {@value #MOST_HOPS}
 * trusted hops, gives no address.
 */
final class ClientAddress {
  private static final int MOST_HOPS = 32;
  private final List<AddressRange> trusted;

  ClientAddress(Collection<String> trustedProxies) {
    trusted = trustedProxies.stream().map(AddressRange::parse).toList();
  }

  void read(FieldScan log, IpAddress client) {
    int field = RawLog.CLIENT_IP_FIELD_NUMBER;
    client.parse(log.buffer(), log.from(field), log.to(field));
    if (!trusted.isEmpty()
        && log.length(RawLog.X_FORWARDED_FOR_FIELD_NUMBER) > 0
        && isTrusted(client)) {
      forwarded(log.buffer(), log, client);
    }
  }

  private void forwarded(byte[] text, FieldScan log, IpAddress client) {
    int from = log.from(RawLog.X_FORWARDED_FOR_FIELD_NUMBER);
    int end = log.to(RawLog.X_FORWARDED_FOR_FIELD_NUMBER);
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      int comma = end;
      while (comma > from && text[comma - 1] != ',') {
        comma--;
      }
      hop(text, comma, end, client);
      if (comma == from || !isTrusted(client)) {
        return;
      }
      end = comma - 1;
    }
    client.clear();
  }

  /** One element, with spaces, and perhaps in brackets or with a port. */
  private static void hop(byte[] text, int from, int to, IpAddress client) {
    int start = from;
    int end = to;
    while (start < end && text[start] == ' ') {
      start++;
    }
    while (end > start && text[end - 1] == ' ') {
      end--;
    }
    if (start < end && text[start] == '[') {
      start++;
      int close = start;
      while (close < end && text[close] != ']') {
        close++;
      }
      end = close;
    } else {
      end = withoutPort(text, start, end);
    }
    client.parse(text, start, end);
  }

  /** {@code 192.0.2.1:443} has one colon; an IPv6 address has two or more. */
  private static int withoutPort(byte[] text, int from, int to) {
    int colon = -1;
    for (int i = from; i < to; i++) {
      if (text[i] == ':') {
        if (colon >= 0) {
          return to;
        }
        colon = i;
      }
    }
    return colon < 0 ? to : colon;
  }

  private boolean isTrusted(IpAddress address) {
    for (AddressRange range : trusted) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
