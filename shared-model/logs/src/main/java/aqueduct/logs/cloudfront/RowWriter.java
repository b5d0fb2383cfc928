// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import aqueduct.logs.LineProblem;
import aqueduct.logs.LogFile;
import aqueduct.logs.RawLogWriter;
import aqueduct.logs.RequestId;
import aqueduct.wire.RawLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a line -> its RawLog. {@code -} and an empty cell are absent. Numbers that are none,
 * or negative, reject the line: it is damaged. One for each file.
 */
final class RowWriter {
  private static final long MAX_UINT32 = 0xffff_ffffL;

  /** Real-time logs cut a cookie here. */
  private static final int COOKIE_CUT = 800;

  private final EventTime time = new EventTime();
  private final int headerPasses;
  private final boolean keyNamesDistribution;
  private final byte[] distribution;
  private byte[] shared = new byte[0];
  private boolean hasRequestId;
  private boolean hasDistribution;

  RowWriter(LogFile file, String format, int headerPasses) {
    this.headerPasses = headerPasses;
    Optional<String> key = DeliveredName.distributionOfFolders(file.key());
    keyNamesDistribution = key.isPresent();
    distribution =
        RawLog.newBuilder()
            .setSiteDistributionId(key.or(() -> DeliveredName.distribution(file.key())).orElse(""))
            .build()
            .toByteArray();
    format(format);
  }

  /** The format of the lines that follow. */
  void format(String format) {
    shared =
        RawLog.newBuilder()
            .setSourceFormat(format)
            .setEncodingPasses(headerPasses)
            .build()
            .toByteArray();
  }

  @Nullable LineProblem write(Cells line, RawLogWriter out) {
    long us = time.micros(line);
    if (us == Digits.NONE) {
      return Problems.BAD_TIME;
    }
    out.time(us, time.resolutionUs());
    hasRequestId = false;
    hasDistribution = false;
    int width = line.width();
    for (int i = 0; i < width; i++) {
      if (line.has(i) && !cell(line.field(i), line.buffer(i), line.from(i), line.to(i), out)) {
        return Problems.badNumber(line.field(i).name());
      }
    }
    if (!hasRequestId) {
      out.fixed64(RawLog.EVENT_ID_FIELD_NUMBER, RequestId.hash(out.fileId(), out.line()));
    }
    if (!hasDistribution) {
      out.encoded(distribution);
    }
    out.encoded(shared);
    return null;
  }

  /** Writes one present cell; false if it should be a number and is none. */
  private boolean cell(Field field, byte[] buffer, int from, int to, RawLogWriter out) {
    switch (field.kind()) {
      case DATE, TIME, EPOCH_MS, EPOCH_SECONDS, IGNORED -> {
        return true;
      }
      case TEXT -> out.text(field.number(), buffer, from, to);
      case DECODED_ONCE -> out.decoded(field.number(), buffer, from, to, 1);
      case REQUEST_HEADER -> out.decoded(field.number(), buffer, from, to, headerPasses);
      case REQUEST_ID -> {
        hasRequestId = true;
        out.fixed64(field.number(), RequestId.hash(buffer, from, to));
      }
      case PROTOCOL_VERSION -> protocol(buffer, from, to, out);
      case EXTRA -> out.entry(field.number(), field.nameBytes(), buffer, from, to);
      case DISTRIBUTION -> {
        if (!keyNamesDistribution) {
          hasDistribution = true;
          out.text(field.number(), buffer, from, to);
        }
      }
      case PATH_AND_QUERY -> path(buffer, from, to, true, out);
      case PATH_BEFORE_QUERY -> path(buffer, from, to, false, out);
      case CUT_COOKIE -> cookie(buffer, from, to, out);
      case INT64 -> {
        return number(field, Digits.number(buffer, from, to), Long.MAX_VALUE, out);
      }
      case UINT32 -> {
        return number(field, Digits.number(buffer, from, to), MAX_UINT32, out);
      }
      case SECONDS -> {
        return number(field, Digits.milliseconds(buffer, from, to), MAX_UINT32, out);
      }
    }
    return true;
  }

  private static boolean number(Field field, long value, long max, RawLogWriter out) {
    if (value == Digits.NONE || value > max) {
      return false;
    }
    out.number(field.number(), value);
    return true;
  }

  /** {@code HTTP/2.0} -> {@code http} and {@code 2.0}. */
  private static void protocol(byte[] buffer, int from, int to, RawLogWriter out) {
    int slash = ByteScan.indexOf((byte) '/', buffer, from, to);
    out.lowerCase(RawLog.NETWORK_PROTOCOL_NAME_FIELD_NUMBER, buffer, from, slash);
    if (slash + 1 < to) {
      out.text(RawLog.NETWORK_PROTOCOL_VERSION_FIELD_NUMBER, buffer, slash + 1, to);
    }
  }

  private static void path(byte[] buffer, int from, int to, boolean query, RawLogWriter out) {
    int mark = ByteScan.indexOf((byte) '?', buffer, from, to);
    out.decoded(RawLog.URL_PATH_FIELD_NUMBER, buffer, from, mark, 1);
    if (query && mark + 1 < to) {
      out.text(RawLog.QUERY_FIELD_NUMBER, buffer, mark + 1, to);
    }
  }

  /** A cookie of the longest length is taken for cut: its last pair may be half of one. */
  private static void cookie(byte[] buffer, int from, int to, RawLogWriter out) {
    int end = to;
    if (to - from >= COOKIE_CUT) {
      while (end > from && buffer[end - 1] != ';') {
        end--;
      }
      end--; // the semicolon too
    }
    if (end > from) {
      out.text(RawLog.COOKIE_FIELD_NUMBER, buffer, from, end);
    }
  }
}
