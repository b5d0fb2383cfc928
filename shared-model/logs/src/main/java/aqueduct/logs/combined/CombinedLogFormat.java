// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.combined;

import aqueduct.logs.ByteScan;
import aqueduct.logs.FileStart;
import aqueduct.logs.LineProblem;
import aqueduct.logs.LogFile;
import aqueduct.logs.LogFormat;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import aqueduct.logs.RequestId;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The combined log format of Apache and NGINX, and with it that of every server and CDN that is set
 * to it; also the shorter common one, and with the virtual host before it.
 *
 * <pre>
 * [host[:port] ]address - user [10/Oct/2000:13:55:36 -0700] "GET /p?q HTTP/1.1" 200 2326["referer" "agent"][ more]
 * </pre>
 *
 * A file is one if a line of its first 256 KiB is of this form. What servers escape in quotes
 * ({@code \"}, {@code \x22}) is undone; paths stay as the viewer sent them; in queries {@code %}
 * becomes {@code %25}, as CloudFront logs them, so that all formats give the same RawLog. A request
 * line that is none is kept in {@code extra}, and so is what follows the agent. Source: Apache HTTP
 * Server, mod_log_config, "Combined Log Format"; NGINX, ngx_http_log_module.
 */
public final class CombinedLogFormat implements LogFormat {
  @Override
  public Optional<LogReader> recognise(LogFile file, FileStart start) {
    Reader probe = new Reader();
    boolean[] found = {false};
    start.forEachLine((line, from, to) -> found[0] = found[0] || probe.parse(line, from, to));
    return found[0] ? Optional.of(new Reader()) : Optional.empty();
  }

  private static final class Reader implements LogReader {
    private static final LineProblem NOT_COMBINED =
        new LineProblem(
            "bad_line",
            "The line is not of the combined log format (address, user, [time], \"request\","
                + " status, bytes): the line is damaged or of another format.");
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final byte[] REQUEST = "request".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MORE = "more".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SHARED =
        RawLog.newBuilder().setSourceFormat("combined").setEncodingPasses(1).build().toByteArray();

    private final int[] blanks = new int[8];
    private final Quoted request = new Quoted();
    private final Quoted referer = new Quoted();
    private final Quoted agent = new Quoted();
    private byte[] query = new byte[0];
    private int names;
    private int bracket;
    private long seconds;
    private int status;
    private int sizeFrom;
    private int sizeTo;
    private int moreFrom;

    @Override
    public void header(byte[] buffer, int from, int to) {
      // a remark
    }

    @Override
    public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
      if (!parse(buffer, from, to)) {
        return NOT_COMBINED;
      }
      out.anyBytes();
      out.time(seconds * 1_000_000, 1_000_000);
      names(buffer, from, out);
      request(out);
      out.number(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER, status);
      if (buffer[sizeFrom] != '-') {
        out.number(
            RawLog.HTTP_RESPONSE_SIZE_FIELD_NUMBER, digits(buffer, sizeFrom, sizeTo - sizeFrom));
      }
      referer.write(RawLog.REFERRER_FIELD_NUMBER, out);
      agent.write(RawLog.USER_AGENT_ORIGINAL_FIELD_NUMBER, out);
      if (moreFrom < to) {
        out.entry(RawLog.EXTRA_FIELD_NUMBER, MORE, buffer, moreFrom, to);
      }
      out.fixed64(RawLog.EVENT_ID_FIELD_NUMBER, RequestId.hash(out.fileId(), out.line()));
      out.encoded(SHARED);
      return null;
    }

    /** Finds the parts of the line; false if it is of another form. */
    private boolean parse(byte[] line, int from, int to) {
      bracket = ByteScan.indexOf((byte) '[', line, from, to);
      names = ByteScan.positions((byte) ' ', line, from, bracket, blanks);
      int at = bracket + 28; // [10/Oct/2000:13:55:36 -0700]
      if (names < 3 || names > 4 || at >= to || line[at - 1] != ']' || line[at] != ' ') {
        return false;
      }
      return time(line, bracket + 1) && rest(line, at + 1, to);
    }

    private boolean time(byte[] line, int at) {
      String month = new String(line, at + 3, 3, StandardCharsets.ISO_8859_1);
      int monthAt = MONTHS.indexOf(month);
      long year = digits(line, at + 7, 4);
      long day = digits(line, at, 2);
      long hour = digits(line, at + 12, 2);
      long minute = digits(line, at + 15, 2);
      long second = digits(line, at + 18, 2);
      long zone = digits(line, at + 22, 2) * 60 + digits(line, at + 24, 2);
      boolean legal =
          monthAt >= 0
              && monthAt % 3 == 0
              && year >= 1970
              && year <= 2099
              && day > 0
              && hour >= 0
              && hour < 24
              && minute >= 0
              && minute < 60
              && second >= 0
              && second < 60
              && zone >= 0
              && (line[at + 21] == '+' || line[at + 21] == '-');
      if (!legal || day > LocalDate.of((int) year, monthAt / 3 + 1, 1).lengthOfMonth()) {
        return false;
      }
      long days = LocalDate.of((int) year, monthAt / 3 + 1, (int) day).toEpochDay();
      long offset = line[at + 21] == '+' ? zone : -zone;
      seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
      return true;
    }

    private boolean rest(byte[] line, int from, int to) {
      int at = request.read(line, from, to);
      if (at < 0 || at + 6 > to || line[at] != ' ' || line[at + 4] != ' ') {
        return false;
      }
      status = (int) digits(line, at + 1, 3);
      sizeFrom = at + 5;
      sizeTo = ByteScan.indexOf((byte) ' ', line, sizeFrom, to);
      boolean size =
          (sizeTo - sizeFrom == 1 && line[sizeFrom] == '-')
              || digits(line, sizeFrom, sizeTo - sizeFrom) >= 0;
      referer.clear();
      agent.clear();
      at = quoted(referer, line, sizeTo, to);
      at = quoted(agent, line, at, to);
      moreFrom = Math.min(to, at + 1);
      return status >= 0 && size;
    }

    /** The quoted text behind the blank at {@code at}; where it ends, or {@code at} without one. */
    private static int quoted(Quoted text, byte[] line, int at, int to) {
      int end = at + 1 < to ? text.read(line, at + 1, to) : -1;
      return end < 0 ? at : end;
    }

    /** A number of at most 18 digits, or a number far below zero, also after sums of a few. */
    private static long digits(byte[] line, int from, int count) {
      long value = 0;
      for (int i = from; i < from + count; i++) {
        int digit = line[i] - '0';
        if (digit < 0 || digit > 9 || count > 18) {
          return -1_000_000;
        }
        value = value * 10 + digit;
      }
      return count == 0 ? -1_000_000 : value;
    }

    private void names(byte[] line, int from, RawLogWriter out) {
      int address = names == 4 ? blanks[0] + 1 : from;
      if (names == 4) {
        int port = ByteScan.indexOf((byte) ':', line, from, blanks[0]);
        out.text(RawLog.URL_DOMAIN_FIELD_NUMBER, line, from, port);
      }
      out.text(RawLog.CLIENT_IP_FIELD_NUMBER, line, address, blanks[names - 3]);
    }

    private void request(RawLogWriter out) {
      byte[] text = request.bytes;
      int end = request.length;
      int path = ByteScan.indexOf((byte) ' ', text, 0, end) + 1;
      int version = end;
      while (version > path && text[version - 1] != ' ') {
        version--;
      }
      if (path > end || version - 1 <= path || end - version < 6 || text[version + 4] != '/') {
        if (end > 0) {
          out.entry(RawLog.EXTRA_FIELD_NUMBER, REQUEST, text, 0, end);
        }
        return;
      }
      out.text(RawLog.HTTP_REQUEST_METHOD_FIELD_NUMBER, text, 0, path - 1);
      int mark = ByteScan.indexOf((byte) '?', text, path, version - 1);
      out.text(RawLog.URL_PATH_FIELD_NUMBER, text, path, mark);
      if (mark + 1 < version - 1) {
        query(text, mark + 1, version - 1, out);
      }
      out.lowerCase(RawLog.NETWORK_PROTOCOL_NAME_FIELD_NUMBER, text, version, version + 4);
      out.text(RawLog.NETWORK_PROTOCOL_VERSION_FIELD_NUMBER, text, version + 5, end);
    }

    private void query(byte[] text, int from, int to, RawLogWriter out) {
      query = query.length < 3 * (to - from) ? new byte[3 * (to - from)] : query;
      int length = 0;
      for (int at = from; at < to; at++) {
        query[length++] = text[at];
        if (text[at] == '%') {
          query[length++] = '2';
          query[length++] = '5';
        }
      }
      out.text(RawLog.QUERY_FIELD_NUMBER, query, 0, length);
    }
  }

  /** A text in quotes, without what its server escaped. */
  private static final class Quoted {
    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
      length = 0;
    }

    /** Reads the text that begins at {@code from}; the position after its quote, or -1. */
    int read(byte[] line, int from, int to) {
      length = 0;
      if (from >= to || line[from] != '"') {
        return -1;
      }
      bytes = bytes.length < to - from ? new byte[to - from] : bytes;
      int at = from + 1;
      while (at < to && line[at] != '"') {
        int hex = line[at] == '\\' && at + 3 < to && line[at + 1] == 'x' ? hex(line, at + 2) : -1;
        if (hex >= 0) {
          bytes[length++] = (byte) hex;
          at += 4;
        } else {
          at += line[at] == '\\' && at + 1 < to ? 1 : 0;
          bytes[length++] = line[at++];
        }
      }
      return at < to ? at + 1 : -1;
    }

    private static int hex(byte[] line, int at) {
      int high = Character.digit(line[at], 16);
      int low = Character.digit(line[at + 1], 16);
      return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    void write(int field, RawLogWriter out) {
      if (length > 1 || (length == 1 && bytes[0] != '-')) {
        out.text(field, bytes, 0, length);
      }
    }
  }
}
