// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.rejected.Recovery;
import aqueduct.local.rejected.RecoveryRun;
import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.RunningFile;
import aqueduct.local.system.StoredSystem;
import aqueduct.local.system.SystemSettings;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rejections -> events, where what stood in their way is gone. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Takes what was rejected through the same functions again, from the kept files. A line keeps its identity: whatever",
      "is recovered twice, broken off or run again is counted once. What still cannot be read stays rejected.",
      "Works on a running pipeline, or starts one for it."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct bad recover --dry-run",
      "  ./aqueduct bad recover --reason unknown_format",
    })
final class BadRecoverCommand implements Callable<Integer> {
  @Mixin private RejectedOptions rejected = new RejectedOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(names = "--dry-run", description = "say what would be sent, and send nothing")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Path directory = rejected.data().existing();
    if (dryRun) {
      try (StoredSystem stored = StoredSystem.open(directory, Server.S3, Server.DYNAMODB)) {
        plan(Recovery.of(rejected.read(stored), stored.ledger()));
      }
      return 0;
    }
    if (new RunningFile(directory).process().isPresent()) return recover(directory);
    SystemSettings settings =
        new SystemSettings(
            directory,
            DataOption.home(),
            Optional.empty(),
            Duration.ofSeconds(2),
            OptionalInt.empty());
    try (LocalSystem system = LocalSystem.start(settings, BadRecoverCommand::say)) {
      int status = recover(directory);
      system.check();
      return status;
    }
  }

  private static void say(String words) {
    System.err.println(words);
  }

  private void plan(Recovery recovery) {
    Table table = new Table("pipe", "rejections", "message");
    recovery.orders().forEach(o -> table.add(o.pipe(), o.rejections(), o.body()));
    table.print(format.format(), System.out);
    hopeless(recovery);
  }

  private int recover(Path directory) throws IOException {
    try (StoredSystem stored = StoredSystem.open(directory, Server.S3)) {
      Collection<RejectedItem> items = rejected.read(stored);
      Recovery recovery = Recovery.of(items, stored.ledger());
      RecoveryRun run = new RecoveryRun(stored);
      try (Meter meter = new Meter("Recovering", "orders", recovery.orders().size())) {
        run.send(recovery.orders(), done -> meter.at(done, recovery.orders().size()));
        System.err.println("Sent; waiting until what comes back is in the metrics");
        run.await();
      }
      Table table = new Table("file", "tried", "recovered", "still_rejected");
      for (RecoveryRun.Result r : run.results(items)) {
        table.add(r.file(), r.tried(), r.recovered(), Math.max(0, r.tried() - r.recovered()));
      }
      table.print(format.format(), System.out);
      hopeless(recovery);
      return 0;
    }
  }

  private static void hopeless(Recovery recovery) {
    for (RejectedItem item : recovery.hopeless()) {
      @Nullable String where = item.pipe().isEmpty() ? null : item.pipe();
      System.err.println(
          item.id()
              + ": nobody knows the file of this "
              + (where == null ? "record" : "record of " + where)
              + "; replay the files of its time by ./aqueduct replay");
    }
  }
}
