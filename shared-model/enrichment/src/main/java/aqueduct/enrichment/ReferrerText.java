// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One referrer's text -> its encoded fields. A referrer of the event's own host, of another host of
 * the same site, or of a configured own domain, is internal.
 */
final class ReferrerText {
  static final String PAID = "paid";
  private static final int LONGEST_TERM = 512;
  private final Map<String, String> siteOfHost;
  private final Set<String> ownDomains;
  private final PersonalData personal;

  /**
   * What is known of a referrer.
   *
   * @param fields encoded
   * @param known whether medium is among them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Facts(byte[] fields, boolean known) {}

  ReferrerText(SiteSettings sites, PersonalData personal) {
    this.siteOfHost = sites.ids();
    this.ownDomains = sites.ownDomains();
    this.personal = personal;
  }

  Facts facts(String referrer, RawEvent event, ReferrerList list) {
    String host = event.host.toString();
    FieldWriter out = new FieldWriter();
    String bare = bare(referrer);
    out.text(EnrichedLog.REFERRER_FULL_FIELD_NUMBER, masked(bare));
    String domain = domain(bare);
    if (!domain.isEmpty()) {
      out.text(EnrichedLog.REFERRER_DOMAIN_FIELD_NUMBER, domain);
    }
    if (internal(domain, host)) {
      out.text(EnrichedLog.REFERRER_MEDIUM_FIELD_NUMBER, "internal");
      return new Facts(out.copy(), true);
    }
    Optional<ReferrerList.Source> source = list.find(domain, path(bare));
    source.ifPresent(
        found -> {
          write(out, found, event.paid);
          String term = term(referrer, found.terms());
          if (!term.isEmpty()) {
            out.text(EnrichedLog.REFERRER_TERM_FIELD_NUMBER, masked(term));
          }
        });
    return new Facts(out.copy(), source.isPresent());
  }

  static void write(FieldWriter out, ReferrerList.Source source, boolean paid) {
    out.text(EnrichedLog.REFERRER_MEDIUM_FIELD_NUMBER, paid ? PAID : source.medium());
    out.text(EnrichedLog.REFERRER_SOURCE_FIELD_NUMBER, source.name());
  }

  private String masked(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return personal.mask(bytes, 0, bytes.length) ? personal.masked().toString() : text;
  }

  /** Without query, fragment and whatever stands before an {@code @} in the authority. */
  static String bare(String referrer) {
    int end = referrer.length();
    for (char stop : new char[] {'?', '#'}) {
      int at = referrer.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    String bare = referrer.substring(0, end);
    int authority = authority(bare);
    int user = bare.lastIndexOf('@', authorityEnd(bare, authority));
    return user < authority ? bare : bare.substring(0, authority) + bare.substring(user + 1);
  }

  private static int authority(String bare) {
    int scheme = bare.indexOf("://");
    return scheme < 0 ? 0 : scheme + 3;
  }

  private static int authorityEnd(String bare, int authority) {
    int slash = bare.indexOf('/', authority);
    return slash < 0 ? bare.length() : slash;
  }

  /** {@code https://www.Example.org:80/x} and {@code www.example.org/x} -> the host. */
  private static String domain(String bare) {
    int authority = authority(bare);
    String host = bare.substring(authority, authorityEnd(bare, authority));
    int port = host.indexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }

  private static String path(String bare) {
    return bare.substring(authorityEnd(bare, authority(bare)));
  }

  private boolean internal(String domain, String host) {
    return !domain.isEmpty()
        && (withoutWww(domain).equals(withoutWww(host)) || sameSite(domain, host) || own(domain));
  }

  private boolean sameSite(String domain, String host) {
    String site = siteOfHost.get(domain);
    return site != null && site.equals(siteOfHost.get(host));
  }

  private boolean own(String domain) {
    return ownDomains.stream().anyMatch(own -> domain.equals(own) || domain.endsWith("." + own));
  }

  private static String withoutWww(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  /**
   * The value of the first of the parameters that is in the query, or, as some put it, in the
   * fragment.
   */
  private static String term(String referrer, List<String> names) {
    int query = referrer.indexOf('?');
    int start = query >= 0 ? query : referrer.indexOf('#');
    if (start < 0 || names.isEmpty()) {
      return "";
    }
    byte[] text = referrer.substring(start + 1).replace('#', '&').getBytes(StandardCharsets.UTF_8);
    QueryText parameters = new QueryText();
    for (String name : names) {
      ByteKey wanted = new ByteKey(name.getBytes(StandardCharsets.UTF_8));
      parameters.sent(text, 0, text.length);
      while (parameters.next()) {
        if (parameters.hasValue()
            && wanted.equals(new ByteKey().set(text, parameters.nameFrom(), parameters.nameTo()))) {
          ByteSlice value = new ByteSlice();
          parameters.appendValue(value);
          value.cut(LONGEST_TERM);
          return value.toString();
        }
      }
    }
    return "";
  }
}
