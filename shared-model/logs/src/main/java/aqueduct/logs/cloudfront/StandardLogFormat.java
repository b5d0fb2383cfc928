// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.FileStart;
import aqueduct.logs.LogFile;
import aqueduct.logs.LogFormat;
import aqueduct.logs.LogReader;
import java.util.Optional;

/**
 * CloudFront standard logs: v1 of any width, v2 in W3C form with any fields and delimiter. A file
 * is one if its first 256 KiB hold a {@code #Fields} line that can make events, or a line without
 * header of a known width that starts with date and time; also if they hold nothing but other
 * header lines. A file whose first data line is an object is JSON if {@link JsonLogFormat} can read
 * it, whatever header lines are among its objects.
 *
 * <p>The files of 2013 and 2014 have their header columns (user agent, referrer) percent-encoded
 * twice. Which kind a file is is decided once, from the user agents in its first 256 KiB
 * (decompressed): twice if there is a {@code %2520} and no {@code %20}, else once. The events say
 * it in {@code source.encoding_passes}.
 */
public final class StandardLogFormat implements LogFormat {
  private final JsonLogFormat json = new JsonLogFormat();

  @Override
  public Optional<LogReader> recognise(LogFile file, FileStart start) {
    Probe probe = new Probe();
    start.forEachLine(probe::line);
    boolean standard = probe.isStandardLog(start.whole());
    return standard && !(probe.startsWithObject() && json.recognise(file, start).isPresent())
        ? Optional.of(
            new StandardLogReader(probe.delimiter(), new RowWriter(file, "v1", probe.passes())))
        : Optional.empty();
  }
}
