// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Status, method, content type and path -> the kind of event. A page view is a GET, by a person,
 * answered 200 or 304 with {@code text/html}; where the log has no content type (widths below 33,
 * and every 304), the path decides: a page has no file extension, or one of {@value #PAGES}.
 */
final class KindEnrichment implements Enrichment {
  private static final String PAGES = "html htm xhtml php asp aspx jsp";
  private static final Set<String> PAGE = words(PAGES);
  private static final Set<String> ASSET =
      words(
          "css js mjs map json png jpg jpeg gif webp avif svg ico bmp woff woff2 ttf otf eot txt xml pdf zip gz wasm webmanifest");
  private static final Set<String> MEDIA =
      words("m3u8 ts m4s mpd mp4 m4a m4v mp3 aac webm ogg ogv wav vtt");
  private static final Set<String> BEACON =
      words("pixel.gif 1x1.gif beacon beacon.gif collect ping t.gif");
  private static final byte[] GET = ascii("GET");
  private static final byte[] HTML = ascii("text/html");
  private static final byte[] JSON = ascii("application/json");
  private static final byte[] API = ascii("/api/");
  private static final int LONGEST_NAME = 64;
  private final char[] name = new char[LONGEST_NAME];

  @Override
  public String name() {
    return "kind";
  }

  @Override
  public void enrich(RawEvent event, DayDatasets day, FieldWriter out) {
    out.text(EnrichedLog.EVENT_KIND_FIELD_NUMBER, kind(event).bytes);
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

  private Kind kind(RawEvent event) {
    int status = (int) event.log.number(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER);
    if (status >= 400) {
      return Kind.ERROR;
    }
    if (status >= 300 && status != 304) {
      return Kind.REDIRECT;
    }
    String file = fileName(event);
    String extension = file.substring(file.lastIndexOf('.') + 1);
    boolean hasExtension = extension.length() < file.length();
    if (BEACON.contains(file)) {
      return Kind.BEACON;
    }
    if (hasExtension && MEDIA.contains(extension)) {
      return Kind.MEDIA_SEGMENT;
    }
    if (startsWith(event, RawLog.URL_PATH_FIELD_NUMBER, API)
        || startsWith(event, RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER, JSON)) {
      return Kind.API;
    }
    if (html(event, hasExtension, extension)) {
      boolean seen =
          (status == 200 || status == 304)
              && event.log.equals(RawLog.HTTP_REQUEST_METHOD_FIELD_NUMBER, GET);
      return seen && !event.bot ? Kind.PAGE_VIEW : Kind.OTHER;
    }
    return event.log.has(RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER)
            || (hasExtension && ASSET.contains(extension))
        ? Kind.ASSET
        : Kind.OTHER;
  }

  private static boolean html(RawEvent event, boolean hasExtension, String extension) {
    if (event.log.has(RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER)) {
      return startsWith(event, RawLog.HTTP_RESPONSE_MIME_TYPE_FIELD_NUMBER, HTML);
    }
    return !hasExtension || PAGE.contains(extension);
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

  /** What follows the path's last slash, in small letters; a longer name is none that is listed. */
  private String fileName(RawEvent event) {
    byte[] buffer = event.log.buffer();
    int to = event.log.to(RawLog.URL_PATH_FIELD_NUMBER);
    int from = to;
    while (from > event.log.from(RawLog.URL_PATH_FIELD_NUMBER) && buffer[from - 1] != '/') {
      from--;
    }
    int length = Math.min(to - from, LONGEST_NAME);
    for (int i = 0; i < length; i++) {
      byte b = buffer[to - length + i];
      name[i] = (char) (b >= 'A' && b <= 'Z' ? b | 0x20 : b & 0x7f);
    }
    return new String(name, 0, length);
  }

  private static Set<String> words(String words) {
    return Set.of(words.split(" "));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
