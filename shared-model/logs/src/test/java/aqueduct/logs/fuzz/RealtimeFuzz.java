// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Codec;
import aqueduct.logs.FileSummary;
import aqueduct.logs.Fuzzing;
import aqueduct.logs.LogFile;
import aqueduct.logs.RecordStreamer;
import aqueduct.logs.Streamed;
import aqueduct.logs.cloudfront.RealtimeFields;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Target: any bytes as a record of a real-time log. */
public final class RealtimeFuzz {
  private static final LogFile SPAN = new LogFile("kinesis:s", "shard/1-1", "realtime", 0);
  private static final RealtimeFields FIELDS =
      RealtimeFields.of(
          Map.of(
              LocalDate.of(2019, 1, 1), RealtimeFields.all(),
              LocalDate.of(2020, 1, 1),
                  List.of("timestamp", "sc-status", "cs-uri-stem", "cs-cookie")));

  private RealtimeFuzz() {}

  public static void fuzzerInitialize() {
    Fuzzing.warmUp(RealtimeFuzz::fuzzerTestOneInput, "realtime");
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Streamed outlet = new Streamed();
    RecordStreamer streamer =
        new RecordStreamer(
            SPAN,
            "s",
            new RecordStreamer.Settings(Codec.ZSTD, 1 << 18),
            FIELDS.reader(SPAN),
            outlet);
    streamer.record("1", data);
    FileSummary summary = streamer.finish();
    if (summary.events() != outlet.events.size()
        || summary.rejected() != outlet.rejections.size()
        || outlet.reasons().contains("reader_failed")) {
      throw new AssertionError(summary + " " + outlet.reasons());
    }
  }
}
