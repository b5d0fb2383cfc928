// SPDX-License-Identifier: Apache-2.0
package example.cdn;

import aqueduct.logs.FileStart;
import aqueduct.logs.LineProblem;
import aqueduct.logs.LogFile;
import aqueduct.logs.LogFormat;
import aqueduct.logs.LogReader;
import aqueduct.logs.RawLogWriter;
import aqueduct.logs.RequestId;
import aqueduct.wire.RawLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger writes for a CDN of his own, outside this project's packages: this class and one
 * line in META-INF/services/aqueduct.logs.LogFormat. Its lines: {@code excdn|seconds|status|path}.
 */
public final class ExampleCdnFormat implements LogFormat {
  @Override
  public Optional<LogReader> recognise(LogFile file, FileStart start) {
    boolean[] found = {false};
    start.forEachLine(
        (line, from, to) ->
            found[0] |=
                new String(line, from, to - from, StandardCharsets.UTF_8).startsWith("excdn|"));
    return found[0] ? Optional.of(new Reader()) : Optional.empty();
  }

  private static final class Reader implements LogReader {
    private static final LineProblem BAD =
        new LineProblem("bad_line", "The line is not excdn|seconds|status|path.");

    @Override
    public void header(byte[] buffer, int from, int to) {
      // none
    }

    @Override
    public @Nullable LineProblem read(byte[] buffer, int from, int to, RawLogWriter out) {
      String[] parts = new String(buffer, from, to - from, StandardCharsets.UTF_8).split("\\|", 4);
      if (parts.length < 4 || !parts[1].matches("\\d{1,10}") || !parts[2].matches("\\d{3}")) {
        return BAD;
      }
      out.time(Long.parseLong(parts[1]) * 1_000_000, 1_000_000);
      out.number(RawLog.HTTP_RESPONSE_STATUS_CODE_FIELD_NUMBER, Long.parseLong(parts[2]));
      out.text(RawLog.URL_PATH_FIELD_NUMBER, buffer, to - parts[3].length(), to);
      out.fixed64(RawLog.EVENT_ID_FIELD_NUMBER, RequestId.hash(out.fileId(), out.line()));
      return null;
    }
  }
}
