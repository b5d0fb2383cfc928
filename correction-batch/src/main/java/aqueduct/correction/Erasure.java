// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.raw.ErasedLines;
import aqueduct.correction.raw.ErasedLines.Subject;
import aqueduct.correction.raw.ErasedRejections;
import aqueduct.correction.raw.ErasedRejections.Changed;
import aqueduct.correction.raw.RawFile;
import aqueduct.correction.raw.RawIndex;
import aqueduct.correction.raw.RawScan;
import aqueduct.correction.raw.RawStore;
import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Claim;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Somebody who is to be forgotten -> raw files without their lines. The ledger is told of the new
 * content before it is put, so that the live path takes it for a file that it has seen. What
 * follows from raw files (parquet and numbers) follows by the next correction of the days.
 */
final class Erasure {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private final JavaSparkContext spark;
  private final CorrectionSettings settings;
  private final FileLedger ledger;
  private final RawIndex index;
  private final Clock clock;

  Erasure(
      JavaSparkContext spark,
      CorrectionSettings settings,
      FileLedger ledger,
      RawIndex index,
      Clock clock) {
    this.spark = spark;
    this.settings = settings;
    this.ledger = ledger;
    this.index = index;
    this.clock = clock;
  }

  /** What was erased of the raw files and of the rejections. */
  record Erased(
      int files, long lines, List<LocalDate> days, List<Long> visitors, Changed rejections) {}

  /** A raw file and the lines of it that must go. */
  record Found(RawFile file, List<Integer> lines, List<Long> visitors)
      implements java.io.Serializable {}

  /** Changes the files that hold such lines, of those in {@code present}. */
  Erased run(Subject subject, Set<Long> present) throws IOException {
    List<RawFile> candidates =
        index.all().stream()
            .filter(file -> present.contains(file.fileId()))
            .filter(
                file ->
                    subject.days().isEmpty()
                        || file.days().isEmpty()
                        || file.days().stream().anyMatch(subject.days()::contains))
            .toList();
    List<Found> found = find(subject, candidates);
    Changed rejections = rejections(subject, found);
    Set<LocalDate> days = new TreeSet<>();
    Set<Long> visitors = new TreeSet<>(subject.visitors());
    long lines = 0;
    for (Found one : found) {
      replace(one);
      lines += one.lines().size();
      days.addAll(one.file().days());
      visitors.addAll(one.visitors());
    }
    return new Erased(found.size(), lines, List.copyOf(days), List.copyOf(visitors), rejections);
  }

  /** Before the raw files, which say whose lines they are. */
  private Changed rejections(Subject subject, List<Found> found) throws IOException {
    if (settings.rejected().isEmpty()) {
      return new Changed(0, 0);
    }
    Map<Long, Set<Integer>> lines = new HashMap<>();
    found.forEach(one -> lines.put(one.file().fileId(), new TreeSet<>(one.lines())));
    return new ErasedRejections(RawStore.at(settings.rejected()), subject, lines).run();
  }

  private List<Found> find(Subject subject, List<RawFile> candidates) {
    CorrectionSettings to = settings;
    if (candidates.isEmpty()) {
      return List.of();
    }
    return spark
        .parallelize(candidates, Math.min(candidates.size(), 4 * spark.defaultParallelism()))
        .mapPartitions(
            files -> {
              ErasedLines erased = new ErasedLines(subject, to.enrichment(), to.limits());
              List<Found> some = new ArrayList<>();
              while (files.hasNext()) {
                RawFile file = files.next();
                Set<Integer> lines = erased.find(file.file(), read(to, file));
                if (!lines.isEmpty()) {
                  some.add(
                      new Found(file, new ArrayList<>(lines), new ArrayList<>(erased.visitors())));
                }
              }
              return some.iterator();
            })
        .collect();
  }

  private static byte[] read(CorrectionSettings settings, RawFile file) {
    try (InputStream in = RawStore.at(settings.raw()).open(file.file())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replace(Found found) throws IOException {
    RawFile old = found.file();
    byte[] content = ErasedLines.without(read(settings, old), new TreeSet<>(found.lines()));
    RawStore store = RawStore.at(settings.raw());
    LogFile changed = store.named(old.file(), content);
    RawFile entry = RawScan.read(changed, content, old.modified(), settings.limits());
    claim(changed, entry);
    store.replace(old.file(), content);
    index.replace(old, entry);
  }

  /**
   * The live path finds the file done, with nothing sent of it: it counted its lines under the
   * earlier identity, and never counts them a second time.
   */
  private void claim(LogFile changed, RawFile entry) {
    if (ledger instanceof NoLedger
        || !(ledger.claim(changed, "erasure", clock.instant(), LEASE)
            instanceof Claim.Claimed claimed)) {
      return;
    }
    boolean finished =
        ledger.finish(
            claimed,
            new FileSummary(
                0,
                0,
                0,
                0,
                Optional.ofNullable(entry.first()),
                Optional.ofNullable(entry.last()),
                Optional.empty()),
            clock.instant());
    if (!finished) {
      throw new IllegalStateException("the ledger does not take " + changed.key() + ": try again");
    }
  }
}
