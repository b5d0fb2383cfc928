// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Status, method, content type and path -> the kind of event. A page view is a GET, by a person,
 * answered 200 or 304 with {@code text/html}; where the log has no content type (widths below 33,
 * and every 304), the path decides: a page has no file extension, or one of {@value #PAGES}. A site
 * may have its own definition.
 */
final class KindEnrichment implements Enrichment {
  private static final String PAGES = "html htm xhtml php asp aspx jsp";
  private static final Set<ByteKey> PAGE = words(PAGES);
  private static final Set<ByteKey> ASSET =
      words(
          "css js mjs map json png jpg jpeg gif webp avif svg ico bmp woff woff2 ttf otf eot txt"
              + " xml pdf zip gz wasm webmanifest");
  private static final Set<ByteKey> MEDIA =
      words("m3u8 ts m4s mpd mp4 m4a m4v mp3 aac webm ogg ogv wav vtt");
  private static final Set<ByteKey> BEACON =
      words("pixel.gif 1x1.gif beacon beacon.gif collect ping t.gif");
  private static final byte[] GET = ascii("GET");
  private static final byte[] HTML = ascii("text/html");
  private static final byte[] JSON = ascii("application/json");
  private static final byte[] API = ascii("/api/");
  private static final int LONGEST_NAME = 64;
  private final FileName file = new FileName();
  private final Map<ByteKey, SitePageViews> ofSite = new HashMap<>();
  private final ByteKey site = new ByteKey();

  KindEnrichment(SiteSettings settings) {
    settings
        .pageViews()
        .forEach(
            (name, definition) ->
                ofSite.put(
                    new ByteKey(name.getBytes(StandardCharsets.UTF_8)),
                    new SitePageViews(definition)));
  }

  @Override
  public String name() {
    return "kind";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    file.read(event);
    Kind kind = kind(event);
    SitePageViews own =
        ofSite.isEmpty() ? null : ofSite.get(site.set(event.site.bytes(), 0, event.site.length()));
    if (own != null) {
      boolean fits = own.fit(event, file.extension(), html(event));
      kind =
          fits && !event.bot ? Kind.PAGE_VIEW : kind == Kind.PAGE_VIEW || fits ? Kind.OTHER : kind;
    }
    out.text(EnrichedLog.EVENT_KIND_FIELD_NUMBER, kind.bytes);
  }

  private enum Kind {
    PAGE_VIEW,
    ASSET,
    BEACON,
    API,
    MEDIA_SEGMENT,
    REDIRECT,
    ERROR,
    OTHER;

    @SuppressWarnings("ImmutableEnumChecker") // read only
    private final byte[] bytes = ascii(name().toLowerCase(Locale.ROOT));
  }

  /** What follows the path's last slash, in small letters; a longer name is none that is listed. */
  private static final class FileName {
    private final byte[] name = new byte[LONGEST_NAME];
    private final ByteKey whole = new ByteKey();
    private final ByteKey extension = new ByteKey();
    private boolean hasExtension;

    void read(RawEvent event) {
      byte[] buffer = event.log.buffer();
      int to = event.log.to(RawLog.URL_PATH_FIELD_NUMBER);
      int from = to;
      while (from > event.log.from(RawLog.URL_PATH_FIELD_NUMBER) && buffer[from - 1] != '/') {
        from--;
      }
      int length = Math.min(to - from, LONGEST_NAME);
      int dot = -1;
      for (int i = 0; i < length; i++) {
        byte b = buffer[to - length + i];
        name[i] = (byte) (b >= 'A' && b <= 'Z' ? b | 0x20 : b & 0x7f);
        dot = b == '.' ? i : dot;
      }
      hasExtension = dot >= 0;
      whole.set(name, 0, length);
      extension.set(name, dot < 0 ? length : dot + 1, length);
    }

    ByteKey extension() {
      return extension;
    }

    boolean isOne(Set<ByteKey> extensions) {
      return hasExtension && extensions.contains(extension);
    }
  }

  private Kind kind(RawEvent event) {
    int status = (int) event.log.number(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER);
    if (status >= 400) {
      return Kind.ERROR;
    }
    if (status >= 300 && status != 304) {
      return Kind.REDIRECT;
    }
    if (BEACON.contains(file.whole)) {
      return Kind.BEACON;
    }
    if (file.isOne(MEDIA)) {
      return Kind.MEDIA_SEGMENT;
    }
    if (startsWith(event, RawLog.URL_PATH_FIELD_NUMBER, API)
        || startsWith(event, RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER, JSON)) {
      return Kind.API;
    }
    if (html(event)) {
      boolean seen =
          (status == 200 || status == 304)
              && event.log.equals(RawLog.HTTP_REQUEST_METHOD_FIELD_NUMBER, GET);
      return seen && !event.bot ? Kind.PAGE_VIEW : Kind.OTHER;
    }
    return event.log.has(RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER) || file.isOne(ASSET)
        ? Kind.ASSET
        : Kind.OTHER;
  }

  private boolean html(RawEvent event) {
    if (event.log.has(RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER)) {
      return startsWith(event, RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER, HTML);
    }
    return !file.hasExtension || PAGE.contains(file.extension);
  }

  private static boolean startsWith(RawEvent event, int field, byte[] prefix) {
    if (event.log.length(field) < prefix.length) {
      return false;
    }
    int from = event.log.from(field);
    for (int i = 0; i < prefix.length; i++) {
      if (event.log.buffer()[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static Set<ByteKey> words(String words) {
    Set<ByteKey> keys = new HashSet<>();
    for (String word : words.split(" ", -1)) {
      keys.add(new ByteKey(ascii(word)));
    }
    return keys;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
