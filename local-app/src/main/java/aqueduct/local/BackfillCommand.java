// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.resend.Backfill;
import aqueduct.local.resend.Missing;
import aqueduct.local.resend.Order;
import aqueduct.local.resend.Resend;
import aqueduct.local.system.StoredSystem;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Files that were lost on their way -> metrics. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Finds files that are stored and not in the metrics, because a notice or a record of them was"
          + " lost, and sends",
      "them through the pipeline again: compares the buckets with the ledger and the metrics. What"
          + " was counted stays",
      "counted once, so it may be run at any time and as often as wanted. Works on a running"
          + " pipeline, or starts one.",
      "",
      "last_seen says how far a file came: arrived (in the ingest bucket), kept (in the backup) or"
          + " streamed."
    },
    footer = {
      "",
      "Exit status 1: a file is still missing at the end.",
      "",
      "Examples:",
      "  ./aqueduct backfill --dry-run",
      "  ./aqueduct backfill --older-than 0s",
    })
final class BackfillCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--dry-run", description = "say which files are missing, and send nothing")
  private boolean dryRun;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "15m",
      converter = Time.class,
      description =
          "how long ago a file must have come to be called lost, such as 0s, 15m or 2h; what is"
              + " younger may be on its way; default: ${DEFAULT-VALUE}")
  private Duration olderThan = Duration.ofMinutes(15);

  private static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationStyle.detectAndParse(text);
    }
  }

  @Override
  public Integer call() throws IOException {
    Path directory = data.existing();
    Backfill found;
    try (StoredSystem stored =
        StoredSystem.open(directory, Server.S3, Server.SQS, Server.DYNAMODB, Server.POSTGRES)) {
      found = find(stored);
    }
    System.err.printf(
        Locale.ROOT,
        "%,d files looked at: %,d are missing in the metrics, %,d came in the last %d s and may be"
            + " on their way%n",
        found.files(),
        found.missing().size(),
        found.young(),
        olderThan.toSeconds());
    if (dryRun || found.missing().isEmpty()) {
      print(found.missing(), List.of());
      return 0;
    }
    return RunningPipeline.with(directory, stored -> send(stored, found.missing()));
  }

  private Backfill find(StoredSystem stored) {
    return Backfill.of(stored, Instant.now().minus(olderThan));
  }

  private int send(StoredSystem stored, List<Missing> missing) throws IOException {
    List<Order> orders = missing.stream().map(Missing::order).toList();
    try (Meter meter = new Meter("Sending", "files", orders.size())) {
      Resend resend = new Resend(stored);
      resend.send(orders, done -> meter.at(done, orders.size()));
      System.err.println("Sent; waiting until they are in the metrics");
      resend.await();
    }
    List<Missing> left = find(stored).missing();
    print(missing, left);
    return left.isEmpty() ? 0 : 1;
  }

  private void print(List<Missing> missing, List<Missing> left) {
    Table table = new Table("file", "bucket", "last_seen", "now");
    for (Missing file : missing) {
      table.add(
          file.file(),
          file.bucket(),
          file.where().name().toLowerCase(Locale.ROOT),
          dryRun || left.contains(file) ? "missing" : "counted");
    }
    table.print(format.format(), System.out);
  }
}
