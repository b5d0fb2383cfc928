// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.RawLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fixture: one line through a reader. */
public final class ReadOne {
  private ReadOne() {}

  public static RawLog line(Function<LogFile, LogReader> readers, String line) {
    RawLogWriter out = new RawLogWriter();
    assertThat(read(readers, line, out)).isNull();
    try {
      return RawLog.parser().parseFrom(out.buffer(), 0, out.length());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public static String problem(Function<LogFile, LogReader> readers, String line) {
    return Objects.requireNonNull(read(readers, line, new RawLogWriter())).reason();
  }

  private static @Nullable LineProblem read(
      Function<LogFile, LogReader> readers, String line, RawLogWriter out) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    out.start(7, 1, ByteScan.isAscii(bytes, 0, bytes.length));
    return readers.apply(new LogFile("b", "k", "e", 0)).read(bytes, 0, bytes.length, out);
  }
}
