// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Log files of CloudFront, made from a seed, in a folder that stands for the backup. */
final class TestLogs {
  private static final String HEADER =
      "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status"
          + " cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header"
          + " cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type"
          + " cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type"
          + " sc-content-type sc-content-len sc-range-start sc-range-end\n";
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/78.0.3904.108%20Safari/537.36",
          "Mozilla/5.0%20(iPhone;%20CPU%20iPhone%20OS%2013_2%20like%20Mac%20OS%20X)%20AppleWebKit/605.1.15%20(KHTML,%20like%20Gecko)%20Version/13.0.3%20Mobile/15E148%20Safari/604.1",
          "Mozilla/5.0%20(compatible;%20Googlebot/2.1;%20+http://www.google.com/bot.html)");

  private final Path folder;
  private List<String> agents = AGENTS;

  TestLogs(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** A file of one hour, its lines spread over it. */
  Path hour(String unique, LocalDate day, int hour, int lines) {
    return file(unique, day.atTime(hour, 0).toInstant(ZoneOffset.UTC), 3600, lines);
  }

  /** As {@link #hour}, of viewers who do not say who they are: quick to enrich. */
  Path hourWithoutAgents(String unique, LocalDate day, int hour, int lines) {
    agents = List.of("-");
    Path file = hour(unique, day, hour, lines);
    agents = AGENTS;
    return file;
  }

  /** A file whose lines are spread over some seconds; they came an hour after the last of them. */
  Path file(String unique, Instant start, int seconds, int lines) {
    Random random = new Random(unique.hashCode());
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < lines; i++) {
      line(text, random, start.plusSeconds(random.nextInt(seconds)));
    }
    String name =
        "E2TEST.%s-%02d.%s.gz"
            .formatted(
                LocalDate.ofInstant(start, ZoneOffset.UTC),
                start.atOffset(ZoneOffset.UTC).getHour(),
                unique);
    return write(name, text.toString(), start.plusSeconds(seconds + 3600L));
  }

  Path write(String name, String text, Instant modified) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      Files.setLastModifiedTime(file, FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A file in which each line is the view of a page of its own. */
  Path pages(String unique, LocalDate day, int hour, int pages) {
    Random random = new Random(unique.hashCode());
    StringBuilder text = new StringBuilder(HEADER);
    Instant start = day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
    for (int i = 0; i < pages; i++) {
      line(text, random, start.plusSeconds(i), "/page/" + unique + "-" + i, true);
    }
    return write("E2TEST.%s-%02d.%s.gz".formatted(day, hour, unique), text.toString(), start);
  }

  private void line(StringBuilder text, Random random, Instant time) {
    boolean page = random.nextInt(3) == 0;
    String path = page ? "/page/" + random.nextInt(20) : "/img/" + random.nextInt(9) + ".png";
    line(text, random, time, path, page);
  }

  private void line(StringBuilder text, Random random, Instant time, String path, boolean page) {
    String clock = time.toString();
    text.append(clock, 0, 10)
        .append('\t')
        .append(clock, 11, 19)
        .append("\tCPH50-C1\t")
        .append(500 + random.nextInt(20_000))
        .append("\t81.2.69.")
        .append(random.nextInt(60))
        .append("\tGET\td1.cloudfront.net\t")
        .append(path)
        .append('\t')
        .append(random.nextInt(12) == 0 ? "404" : "200")
        .append("\t-\t")
        .append(agents.get(random.nextInt(agents.size())))
        .append("\tutm_source=news&utm_medium=email\t-\t")
        .append(List.of("Hit", "Miss", "RefreshHit", "Error").get(random.nextInt(4)))
        .append('\t')
        .append("ID" + Long.toHexString(random.nextLong()))
        .append("\tsite-" + random.nextInt(2) + ".example\thttps\t120\t0.")
        .append("%03d".formatted(random.nextInt(1000)))
        .append("\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t443\t0.012\tHit\t")
        .append(page ? "text/html" : "image/png")
        .append("\t1234\t-\t-\n");
  }
}
