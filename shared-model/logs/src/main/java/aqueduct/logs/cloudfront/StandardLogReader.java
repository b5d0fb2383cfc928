// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.ByteScan;
import aqueduct.logs.LineProblem;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import aqueduct.wire.RawLog;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a standard log v1 -> a RawLog. {@code -} and an empty column are absent. Numbers that
 * are none, or negative, reject the line: it is damaged.
 */
final class StandardLogReader implements LogReader {
  private static final int RESOLUTION_US = 1_000_000;
  private static final long MAX_UINT32 = 0xffff_ffffL;

  private final Header header = new Header();
  private final Tabs tabs = new Tabs();
  private final Digits digits = new Digits();
  private final int headerPasses;

  /** The fields that all events of the file share. */
  private final byte[] shared;

  private boolean hasRequestId;

  StandardLogReader(Optional<String> distribution, int headerPasses) {
    this.headerPasses = headerPasses;
    shared =
        RawLog.newBuilder()
            .setSiteDistributionId(distribution.orElse(""))
            .setSourceFormat("v1")
            .setEncodingPasses(headerPasses)
            .build()
            .toByteArray();
  }

  @Override
  public void header(byte[] buffer, int from, int to) {
    header.line(buffer, from, to);
  }

  @Override
  public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
    tabs.split(buffer, from, to);
    Columns columns = header.refused() ? null : tabs.columns(header.columns());
    if (columns == null) {
      return Problems.width(tabs.width(), header);
    }
    int date = columns.date();
    int time = columns.time();
    long us = digits.micros(buffer, tabs.from(date), tabs.to(date), tabs.from(time), tabs.to(time));
    if (us == Digits.NONE) {
      return Problems.BAD_TIME;
    }
    out.time(us, RESOLUTION_US);
    hasRequestId = false;
    for (int i = 0; i < columns.width(); i++) {
      int columnFrom = tabs.from(i);
      int columnTo = tabs.to(i);
      if (isPresent(buffer, columnFrom, columnTo)
          && !column(columns, i, buffer, columnFrom, columnTo, out)) {
        return Problems.badNumber(columns.name(i));
      }
    }
    if (!hasRequestId) {
      out.fixed64(RawLog.EVENT_ID_FIELD_NUMBER, RequestId.hash(out.fileId(), out.line()));
    }
    out.encoded(shared);
    return null;
  }

  private static boolean isPresent(byte[] buffer, int from, int to) {
    return to - from > 1 || (to - from == 1 && buffer[from] != '-');
  }

  /** Writes one present column; false if it should be a number and is none. */
  private boolean column(
      Columns columns, int i, byte[] buffer, int from, int to, RawLogWriter out) {
    int field = columns.field(i);
    switch (columns.kind(i)) {
      case DATE, TIME -> {
        return true;
      }
      case TEXT -> out.text(field, buffer, from, to);
      case DECODED_ONCE -> out.decoded(field, buffer, from, to, 1);
      case REQUEST_HEADER -> out.decoded(field, buffer, from, to, headerPasses);
      case REQUEST_ID -> {
        hasRequestId = true;
        out.fixed64(field, RequestId.hash(buffer, from, to));
      }
      case PROTOCOL_VERSION -> protocol(buffer, from, to, out);
      case EXTRA -> out.entry(RawLog.EXTRA_FIELD_NUMBER, columns.nameBytes(i), buffer, from, to);
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

  private static boolean number(int field, long value, long max, RawLogWriter out) {
    if (value == Digits.NONE || value > max) {
      return false;
    }
    out.number(field, value);
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
}
