// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.rejected.RejectedItems;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.CanonicalJson;
import aqueduct.servers.ServersSettings.Server;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rejections, and where they are stored. */
final class RejectedOptions {
  @Mixin private DataOption data = new DataOption();

  @Option(names = "--stage", paramLabel = "STAGE", description = "only those of a stage")
  private @Nullable String stage;

  @Option(names = "--reason", paramLabel = "REASON", description = "only those of a reason")
  private @Nullable String reason;

  @Option(names = "--file", paramLabel = "KEY", description = "only those of a file")
  private @Nullable String file;

  DataOption data() {
    return data;
  }

  private boolean wants(RejectedItem item) {
    return is(stage, item.stage()) && is(reason, item.reason()) && is(file, item.file());
  }

  private static boolean is(@Nullable String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }

  /** By file, line and id. */
  Collection<RejectedItem> read() throws IOException {
    try (StoredSystem stored = StoredSystem.open(data.existing(), Server.S3)) {
      return read(stored);
    }
  }

  /** Where nothing is found, standard error says what there is. */
  Collection<RejectedItem> read(StoredSystem stored) throws IOException {
    return read(stored, this::wants);
  }

  /** As {@link #read(StoredSystem)}, of other wishes. */
  static Collection<RejectedItem> read(StoredSystem stored, Predicate<RejectedItem> wanted)
      throws IOException {
    List<String> onStream = onStream(stored.data());
    Collection<RejectedItem> found = RejectedItems.read(stored, onStream, wanted);
    if (found.isEmpty()) sayWhatThereIs(RejectedItems.read(stored, onStream, any -> true));
    return found;
  }

  private static void sayWhatThereIs(Collection<RejectedItem> all) {
    if (all.isEmpty()) {
      System.err.println("Nothing was rejected");
      return;
    }
    TreeSet<String> reasons = new TreeSet<>();
    all.forEach(item -> reasons.add(item.stage() + " " + item.reason()));
    System.err.println("No rejection is like that; there are: " + String.join(", ", reasons));
  }

  /** Rejections that are still on the stream, as JSON lines. */
  static List<String> onStream(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    new StoredMessages(directory, "rejected-logs")
        .read(
            Instant.EPOCH,
            -1,
            message -> {
              if (message instanceof Rejection rejection) {
                lines.add(CanonicalJson.write(rejection));
              }
            });
    return lines;
  }
}
