// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.traffic.Expected;
import aqueduct.local.traffic.FileStore;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A seed -> CloudFront log files and, beside them, what must be counted of them. */
@Command(
    name = "gen",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Makes CloudFront log files, the same for the same options, and expected.json with the true"
            + " counts.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct gen --events 1000000 --out sample-logs",
      "  ./aqueduct gen --events 5000 --bad 1 --mix stress --out bad-logs",
      "  set -a; . .aqueduct/aqueduct.env; ./aqueduct gen --out s3://ingest",
    })
final class GenCommand implements Callable<Integer> {
  @Option(names = "--events", paramLabel = "N", description = "log lines", defaultValue = "100000")
  private long events;

  @Option(names = "--seed", paramLabel = "S", description = "of all choices", defaultValue = "1")
  private long seed;

  @Option(
      names = "--start",
      paramLabel = "T",
      description = "time of the first event, ISO 8601 in UTC",
      defaultValue = "2026-01-15T10:00:00Z")
  private Instant start = Instant.EPOCH;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "events per second of event time",
      defaultValue = "500")
  private double rate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "directory for the files, or s3://BUCKET of the AWS that the environment names",
      required = true)
  private String out = "";

  @Option(
      names = "--mix",
      description = "user agents: ${COMPLETION-CANDIDATES}",
      defaultValue = "typical")
  private TrafficPlan.Mix mix = TrafficPlan.Mix.TYPICAL;

  @Option(
      names = "--bad",
      paramLabel = "PERCENT",
      description = "damaged lines",
      defaultValue = "0")
  private double bad;

  @Option(
      names = "--fields",
      paramLabel = "N",
      description = "columns of a line, 12 to 33",
      defaultValue = "33")
  private int fields;

  @Override
  public Integer call() throws IOException {
    PrintStream print = System.out;
    TrafficPlan plan = new TrafficPlan(events, seed, start, rate, mix, bad, fields);
    AtomicLong bytes = new AtomicLong();
    try (FileStore store = store();
        Meter meter = new Meter("Making log files", "lines", events)) {
      Expected expected =
          new Traffic()
              .write(
                  plan,
                  store,
                  file -> {
                    bytes.addAndGet(file.gzip().length);
                    meter.add(file.expected().lines());
                  });
      if (!isBucket()) expected.write(Path.of(out).resolve("expected.json"));
      double seconds = meter.taken().toNanos() / 1e9;
      print.printf(
          Locale.ROOT,
          "%,d lines (%,d damaged) in %,d files, %.1f MB, in %s; %,.0f lines/s%s%n",
          expected.lines(),
          expected.bad(),
          expected.files(),
          bytes.get() / 1e6,
          out,
          expected.lines() / seconds,
          isBucket() ? "" : "; true counts in " + Path.of(out).resolve("expected.json"));
    }
    return 0;
  }

  private boolean isBucket() {
    return out.startsWith("s3://");
  }

  private FileStore store() throws IOException {
    return isBucket()
        ? FileStore.bucket(out.substring("s3://".length()))
        : FileStore.directory(Path.of(out));
  }
}
