// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.status;

import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How a pipeline does, at one moment.
 *
 * @param newest the newest window that is part of the metrics
 * @param pipes what waits, in the order of the flow
 * @param edges conservation over all files
 * @param files conservation of each file, by name
 */
public record Status(
    Optional<AppliedWindow> newest,
    List<PipeStatus> pipes,
    List<EdgeStatus> edges,
    List<FileStatus> files) {

  /** Asks everything once, of the SQS, S3, DynamoDB and PostgreSQL of the pipeline. */
  public static Status of(StoredSystem stored, Clock clock) throws IOException {
    MetricStore metrics = stored.metrics();
    Optional<AppliedWindow> newest = metrics.newestWindow();
    List<Entry> entries = entries(stored.ledger());
    List<FileStatus> files =
        entries.stream()
            .map(entry -> FileStatus.of(entry, metrics.progress(entry.file().fileId())))
            .sorted(Comparator.comparing(FileStatus::file))
            .toList();
    long repeats = entries.stream().mapToLong(Entry::repeats).sum();
    return new Status(
        newest,
        new PipeReader(stored, newest, clock).pipes(),
        EdgeStatus.of(kept(stored.s3(), stored.topology().backup()), repeats, files),
        files);
  }

  /** What waits, in the order of the flow: the part of it that costs little. */
  public static List<PipeStatus> pipes(StoredSystem stored, Clock clock) throws IOException {
    return new PipeReader(stored, stored.metrics().newestWindow(), clock).pipes();
  }

  private static List<Entry> entries(FileLedger ledger) {
    try (Stream<Entry> entries = ledger.entries()) {
      return entries.toList();
    }
  }

  private static long kept(S3Client s3, String bucket) {
    return s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream().count();
  }

  /** Whether no line is missing. */
  public boolean isWhole() {
    return edges.stream().allMatch(edge -> edge.gap() == 0);
  }
}
