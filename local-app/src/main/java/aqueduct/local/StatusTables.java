// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.StatusCommand.Part;
import aqueduct.local.status.EdgeStatus;
import aqueduct.local.status.FileStatus;
import aqueduct.local.status.PipeStatus;
import aqueduct.local.status.Status;
import java.util.List;

/** A status -> its tables. */
final class StatusTables {
  private StatusTables() {}

  static Table of(Part part, Status status) {
    return switch (part) {
      case PIPES -> pipes(status.pipes());
      case EDGES -> edges(status.edges());
      case FILES -> files(status.files());
    };
  }

  private static Table pipes(List<PipeStatus> pipes) {
    Table table =
        new Table("reader", "pipe", "kind", "waiting", "in_flight", "dead", "lag_seconds");
    for (PipeStatus p : pipes) {
      table.add(
          p.reader(),
          p.pipe(),
          p.kind(),
          p.waiting(),
          p.inFlight(),
          p.dead(),
          p.lag() == null ? null : p.lag().toSeconds());
    }
    return table;
  }

  private static Table edges(List<EdgeStatus> edges) {
    Table table =
        new Table(
            "edge", "unit", "in", "out", "rejected", "filtered", "waiting", "gap", "duplicates");
    for (EdgeStatus e : edges) {
      table.add(
          e.edge(),
          e.unit(),
          e.in(),
          e.out(),
          e.rejected(),
          e.filtered(),
          e.waiting(),
          e.gap(),
          e.duplicates());
    }
    return table;
  }

  static Table files(List<FileStatus> files) {
    Table table =
        new Table(
            "file",
            "state",
            "lines",
            "events",
            "rejected",
            "filtered",
            "waiting",
            "gap",
            "duplicates",
            "problem");
    for (FileStatus f : files) {
      table.add(
          f.file(),
          f.state(),
          f.lines(),
          f.events(),
          f.rejected(),
          f.filtered(),
          f.waiting(),
          f.gap(),
          f.duplicates(),
          f.problem());
    }
    return table;
  }
}
