// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes one file: the lines of one site in a slice of time, in no order, gzipped. Field order after
 * the CloudFront Developer Guide, "Standard log file fields".
 */
final class LogFileMaker {
  static final String[] NAMES =
      ("date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer)"
              + " cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id"
              + " x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol"
              + " ssl-cipher x-edge-response-result-type cs-protocol-version fle-status"
              + " fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type"
              + " sc-content-type sc-content-len sc-range-start sc-range-end")
          .split(" ");

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HH").withZone(ZoneOffset.UTC);
  private static final int DAY = 86_400;
  private static final byte[] NO_DATE = ByteText.ascii("not-a-date");
  private static final int[] STATUSES = {200, 304, 301, 206, 404, 403, 500, 503, 0};
  private static final Popularity STATUS = Popularity.of(845, 70, 25, 10, 30, 8, 4, 5, 3);

  private final TrafficPlan plan;
  private final LogLines lines;
  private final Site site;
  private final SplittableRandom random;
  private final Expected expected = new Expected();
  private final ByteText line = new ByteText();
  private byte[] date = NO_DATE;

  LogFileMaker(TrafficPlan plan, LogLines lines, Site site, int slice) {
    this.plan = plan;
    this.lines = lines;
    this.site = site;
    long number = slice * (long) Site.ALL.size() + Site.ALL.indexOf(site);
    random = new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L);
  }

  TrafficFile make(TrafficPlan.Slice slice, long count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (count * 80) + 1024);
    String name =
        "%s.%s.%08x.gz".formatted(site.distribution(), HOUR.format(slice.from()), random.nextInt());
    date = ByteText.ascii(HOUR.format(slice.from()).substring(0, 10));
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
      String names = String.join(" ", Arrays.copyOf(NAMES, plan.fields()));
      gzip.write(ByteText.ascii("#Version: 1.0\n#Fields: " + names + "\n"));
      for (long i = 0; i < count; i++) {
        line.truncate(0);
        line(slice);
        line.add('\n').writeTo(gzip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TrafficFile(name, bytes.toByteArray(), expected);
  }

  private void line(TrafficPlan.Slice slice) {
    Instant time = slice.from().plusNanos((long) (random.nextDouble() * slice.seconds() * 1e9));
    int bad = random.nextDouble() * 100 < plan.badPercent() ? 1 + random.nextInt(3) : 0;
    boolean page = random.nextInt(100) < 30;
    int status = STATUSES[STATUS.pick(random)];
    long size = status == 304 ? 300 : random.nextInt(400, page ? 60_000 : 250_000);
    if (bad == 0) {
      long bucket = time.getEpochSecond() / 300 * 300;
      expected.event(Instant.ofEpochSecond(bucket), site.name(plan.fields()), status, size);
    } else {
      expected.badLine();
    }
    time(bad == 1 ? NO_DATE : date, time);
    request(page, status, size, bad == 2);
    if (bad == 3) line.add("\tdamaged\there");
  }

  private void time(byte[] day, Instant time) {
    long second = Math.floorMod(time.getEpochSecond(), DAY);
    line.add(day).add('\t').number(second / 3600, 2).add(':').number(second / 60 % 60, 2);
    line.add(':').number(second % 60, 2);
  }

  private void request(boolean page, int status, long size, boolean badSize) {
    int visitor = lines.visitor(random);
    boolean bot = random.nextInt(100) < 8;
    String result = result(status);
    column().add(LogLines.EDGES[random.nextInt(LogLines.EDGES.length)]);
    if (badSize) column().add("many");
    else column().number(size);
    column();
    LogLines.address(visitor, line);
    column().add(page && random.nextInt(100) < 4 ? "POST" : "GET");
    column().add(site.domain());
    column().add(page ? lines.page(random) : lines.asset(random));
    column().number(status, 3);
    column();
    lines.referrer(site, random, line);
    column().add(lines.agent(visitor, bot, plan.mix(), random));
    column().add(page ? LogLines.query(random) : "-");
    int columns = 12;
    for (; columns < plan.fields(); columns++) further(columns, page, result);
  }

  private ByteText column() {
    return line.add('\t');
  }

  private void further(int column, boolean page, String result) {
    column();
    switch (column) {
      case 13, 22, 28 -> line.add(result);
      case 14 -> line.base64(random, 54).add("==");
      case 15 -> line.add(site.host());
      case 16 -> line.add("https");
      case 17 -> line.number(random.nextInt(40, 900));
      case 18 -> line.milliseconds(random.nextInt(1, 1800));
      case 20 -> line.add("TLSv1.3");
      case 21 -> line.add("TLS_AES_128_GCM_SHA256");
      case 23 -> line.add("HTTP/2.0");
      case 26 -> line.number(random.nextInt(1024, 65_535));
      case 27 -> line.milliseconds(random.nextInt(1, 400));
      case 29 -> line.add(page ? "text/html" : "application/octet-stream");
      default -> line.add('-');
    }
  }

  private String result(int status) {
    if (status >= 400 || status == 0) return "Error";
    if (status == 301) return "Redirect";
    int kind = random.nextInt(100);
    return kind < 78 ? "Hit" : kind < 82 ? "RefreshHit" : "Miss";
  }
}
