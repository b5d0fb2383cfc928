// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.rejected.Recovery;
import aqueduct.local.rejected.RecoveryRun;
import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.resend.Resend;
import aqueduct.local.system.StoredSystem;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Rejections -> what came of trying them again, printed; or what would be sent for it. */
record Recover(Which which, Format format) {

  /** The rejections that are meant, out of all that are stored. */
  interface Which {
    Collection<RejectedItem> in(StoredSystem stored) throws IOException;
  }

  int tell(Path directory) throws IOException {
    try (StoredSystem stored = StoredSystem.open(directory, Server.S3, Server.DYNAMODB)) {
      Recovery recovery = Recovery.of(which.in(stored), stored.ledger());
      Table table = new Table("pipe", "rejections", "message");
      recovery.orders().forEach(o -> table.add(o.pipe(), o.things(), o.body()));
      table.print(format, System.out);
      hopeless(recovery);
    }
    return 0;
  }

  /** The pipeline is started only if there is something to send. */
  int send(Path directory) throws IOException {
    if (isNothing(directory)) {
      print(List.of());
      return 0;
    }
    return RunningPipeline.with(directory, this::send);
  }

  private boolean isNothing(Path directory) throws IOException {
    try (StoredSystem stored = StoredSystem.open(directory, Server.S3)) {
      return which.in(stored).isEmpty();
    }
  }

  private void print(List<RecoveryRun.Result> results) {
    Table table = new Table("file", "tried", "recovered", "still_rejected");
    for (RecoveryRun.Result r : results) {
      table.add(r.file(), r.tried(), r.recovered(), Math.max(0, r.tried() - r.recovered()));
    }
    table.print(format, System.out);
  }

  private int send(StoredSystem stored) throws IOException {
    Collection<RejectedItem> items = which.in(stored);
    Recovery recovery = Recovery.of(items, stored.ledger());
    Resend resend = new Resend(stored);
    try (Meter meter = new Meter("Recovering", "orders", recovery.orders().size())) {
      resend.send(recovery.orders(), done -> meter.at(done, recovery.orders().size()));
      System.err.println("Sent; waiting until what comes back is in the metrics");
      resend.await();
    }
    print(new RecoveryRun(stored).results(items));
    hopeless(recovery);
    return 0;
  }

  private static void hopeless(Recovery recovery) {
    for (RejectedItem item : recovery.hopeless()) {
      System.err.println(
          item.id()
              + ": nobody knows the file of this "
              + (item.pipe().isEmpty() ? "record" : "record of " + item.pipe())
              + "; replay the files of its time by ./aqueduct replay --day");
    }
  }
}
