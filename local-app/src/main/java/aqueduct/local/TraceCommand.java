// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.lineage.Found;
import aqueduct.local.lineage.MetricCell;
import aqueduct.local.lineage.Trace;
import aqueduct.local.lineage.Tracer;
import aqueduct.local.rejected.RejectedItem;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.CanonicalJson;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.servers.ServersSettings.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One request -> everything that became of it. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Follows one line of a log through the pipeline: its file, chunk, shard and sequence number, the enriched event or",
      "the rejection, its window and the metric cells that count it. Exit status 1: nothing of it is found."
    },
    footer = {
      "",
      "Examples:",
      "  ./aqueduct trace SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==",
      "  ./aqueduct trace E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz:3",
    })
final class TraceCommand implements Callable<Integer> {
  private final PrintStream out = System.out;
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      paramLabel = "REQUEST_ID|FILE:LINE",
      description = "an x-edge-request-id, or the name of a log file and the number of a line")
  private String what = "";

  /** One request id in 64 begins with a dash. */
  @Spec
  void dashes(CommandSpec spec) {
    spec.parser()
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedOptionsArePositionalParams(true);
  }

  @Override
  public Integer call() throws IOException {
    try (StoredSystem stored =
        StoredSystem.open(data.existing(), Server.POSTGRES, Server.DYNAMODB, Server.S3)) {
      Trace trace = new Tracer(stored).trace(what, RejectedOptions.onStream(stored.data()));
      if (trace.isEmpty()) {
        throw new WorkFailed(
            "Nothing of "
                + what
                + " is on the streams or among the rejections: never arrived, or beyond the streams' retention");
      }
      trace.file().ifPresent(this::file);
      row("line", Integer.toString(trace.line()));
      place(trace.raw(), "raw-logs");
      place(trace.enriched(), "enriched-logs");
      trace.rejections().forEach(this::rejection);
      window(trace);
      trace.enriched().ifPresent(this::event);
      cells(trace.cells());
      return 0;
    }
  }

  private void file(Entry entry) {
    row(
        "file",
        entry.file().bucket() + "/" + entry.file().key() + "  (etag " + entry.file().etag() + ")");
    entry
        .summary()
        .ifPresent(
            s ->
                row(
                    "",
                    String.format(
                        "%,d lines = %,d events + %,d rejected; %,d chunks",
                        s.lines(), s.events(), s.rejected(), s.chunks())));
  }

  private void place(Optional<Found> found, String pipe) {
    if (found.isEmpty()) {
      row(pipe, "not there: rejected before, or beyond the stream's retention");
      return;
    }
    Found place = found.get();
    row(pipe, "chunk " + place.chunk() + " (" + place.header().getLines() + " lines)");
    row("", place.shard() + "  " + place.sequenceNumber() + "  arrived " + place.arrival());
    if (place.repeats() > 0)
      row("", "and again " + place.repeats() + " times, dropped by aggregation");
  }

  private void rejection(RejectedItem item) {
    row(
        "rejected",
        item.stage() + "  " + item.reason() + "  (./aqueduct bad show " + item.id() + ")");
    row("", item.message());
  }

  private void window(Trace trace) {
    if (trace.enriched().isEmpty()) return;
    row(
        "window",
        trace
            .window()
            .map(w -> w.start() + " to " + w.end() + ", applied at " + w.appliedAt())
            .orElse(
                trace.applied() ? "applied; its window is not told any more" : "not applied yet"));
  }

  private void event(Found found) {
    row("event", CanonicalJson.write(CanonicalJson.parse("EnrichedLog", found.message())));
  }

  private void cells(List<MetricCell> cells) {
    if (cells.isEmpty()) return;
    out.println();
    Table table = new Table("report", "bucket_start", "dimensions", "requests_of_all");
    for (MetricCell cell : cells) {
      table.add(
          cell.key().report(),
          cell.key().bucketStart(),
          String.join(" | ", cell.key().dimensions()),
          cell.stored().isPresent() ? cell.stored().getAsLong() : "in (other), or not yet");
    }
    table.print(Format.TABLE, out);
  }

  private void row(String name, String text) {
    out.printf("%-14s %s%n", name, text);
  }
}
