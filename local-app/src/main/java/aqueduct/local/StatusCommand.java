// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.status.Status;
import aqueduct.local.system.StoredSystem;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A pipeline that runs, or what one has stored -> what waits, what is late, what is missing. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says what waits for each element and how late it is, and what became of every line, in total"
          + " and by file: in = out + rejected + filtered + waiting; anything else is a gap. The"
          + " pipeline need not run."
    },
    footer = {
      "",
      "Exit status 1: a line is missing.",
      "",
      "Examples:",
      "  ./aqueduct status",
      "  ./aqueduct status --only files --format csv",
    })
final class StatusCommand implements Callable<Integer> {
  /** Parts of the answer. */
  enum Part {
    PIPES,
    EDGES,
    FILES
  }

  private static final int SHOWN = 20;
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "pipes, edges or files; csv and ndjson need it; default: all")
  private @Nullable Part only;

  @Override
  public Integer call() throws IOException {
    boolean rows = format.format() == Format.CSV || format.format() == Format.NDJSON;
    if (rows && only == null) {
      throw new IllegalArgumentException(
          "csv and ndjson hold one kind of rows: choose it by --only pipes, edges or files");
    }
    Path directory = data.existing();
    try (StoredSystem stored =
        StoredSystem.open(directory, Server.POSTGRES, Server.DYNAMODB, Server.SQS, Server.S3)) {
      Status status = Status.of(stored, Clock.systemUTC());
      if (only != null) StatusTables.of(only, status).print(format.format(), System.out);
      else if (format.format() == Format.JSON) json(status, stored.isRunning());
      else text(status, stored.isRunning());
      return status.isWhole() ? 0 : 1;
    }
  }

  private static void json(Status status, boolean running) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("running", running);
    json.put("newest_window_end", newest(status).orElse(""));
    for (Part part : Part.values()) {
      json.put(part.name().toLowerCase(Locale.ROOT), StatusTables.of(part, status).maps());
    }
    System.out.println(Table.json(json));
  }

  private static Optional<String> newest(Status status) {
    return status.newest().map(window -> window.end().toString());
  }

  private static void text(Status status, boolean running) {
    PrintStream out = System.out;
    out.println(
        running ? "The pipeline runs" : "The pipeline does not run; this is what is stored");
    out.println("Metrics up to: " + newest(status).orElse("none yet"));
    out.println();
    StatusTables.of(Part.PIPES, status).print(Format.TABLE, out);
    out.println();
    StatusTables.of(Part.EDGES, status).print(Format.TABLE, out);
    out.println();
    int files = status.files().size();
    StatusTables.files(status.files().subList(Math.max(0, files - SHOWN), files))
        .print(Format.TABLE, out);
    if (files > SHOWN) out.println("... the last of " + files + "; all: --only files");
  }
}
