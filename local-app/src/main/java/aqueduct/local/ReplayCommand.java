// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.resend.Order;
import aqueduct.local.resend.Replays;
import aqueduct.local.resend.Resend;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileSummary;
import aqueduct.metrics.MetricStore.FileProgress;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kept files -> the pipeline again, each line counted once. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends kept files through streamify, enrich and aggregate again. Chunks that were counted"
          + " change nothing; what was",
      "lost on the streams is counted now. With --reason, the lines that were rejected for it are"
          + " tried again, and no",
      "others. Works on a running pipeline, or starts one.",
      "",
      "before and now are the lines of the file that the metrics account for."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct replay --day 2026-01-15 --dry-run",
      "  ./aqueduct replay --file E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz",
      "  ./aqueduct replay --reason unknown_format",
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--file",
      paramLabel = "KEY",
      description = "a file of the backup; may be given several times")
  private List<String> files = List.of();

  @Option(
      names = "--day",
      paramLabel = "DAY",
      description = "all files that may hold events of a day like 2026-01-15, UTC")
  private List<LocalDate> days = List.of();

  @Option(names = "--reason", paramLabel = "REASON", description = "lines rejected for this")
  private @Nullable String reason;

  @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    int ways = (files.isEmpty() ? 0 : 1) + (days.isEmpty() ? 0 : 1) + (reason == null ? 0 : 1);
    if (ways != 1) throw new IllegalArgumentException("Say one of --file, --day and --reason");
    Path directory = data.existing();
    String why = reason;
    if (why != null) {
      Recover recover = new Recover(stored -> rejected(stored, why), format.format());
      return dryRun ? recover.tell(directory) : recover.send(directory);
    }
    List<Entry> entries;
    Map<Long, Long> before;
    try (StoredSystem stored =
        StoredSystem.open(directory, Server.S3, Server.DYNAMODB, Server.POSTGRES)) {
      entries =
          days.isEmpty()
              ? Replays.files(stored.ledger(), files)
              : Replays.days(stored.ledger(), days);
      before = lines(stored, entries);
    }
    if (dryRun || entries.isEmpty()) {
      print(entries, before, before);
      return 0;
    }
    return RunningPipeline.with(directory, stored -> send(stored, entries, before));
  }

  private static Collection<RejectedItem> rejected(StoredSystem stored, String why)
      throws IOException {
    return RejectedOptions.read(stored, item -> item.reason().equals(why));
  }

  private int send(StoredSystem stored, List<Entry> entries, Map<Long, Long> before)
      throws IOException {
    List<Order> orders = Replays.orders(entries);
    try (Meter meter = new Meter("Replaying", "files", orders.size())) {
      Resend resend = new Resend(stored);
      resend.send(orders, done -> meter.at(done, orders.size()));
      System.err.println("Sent; waiting until what comes back is in the metrics");
      resend.await();
    }
    print(entries, before, lines(stored, entries));
    return 0;
  }

  /** File -> lines of it that the metrics account for. */
  private static Map<Long, Long> lines(StoredSystem stored, List<Entry> entries) {
    Map<Long, Long> lines = new HashMap<>();
    for (Entry entry : entries) {
      long id = entry.file().fileId();
      lines.put(id, stored.metrics().progress(id).map(FileProgress::lines).orElse(0L));
    }
    return lines;
  }

  private void print(List<Entry> entries, Map<Long, Long> before, Map<Long, Long> now) {
    Table table = new Table("file", "lines", "before", "now");
    for (Entry entry : entries) {
      long id = entry.file().fileId();
      table.add(
          entry.file().key(),
          entry.summary().map(FileSummary::lines).orElse(0L),
          before.getOrDefault(id, 0L),
          now.getOrDefault(id, 0L));
    }
    table.print(format.format(), System.out);
  }
}
