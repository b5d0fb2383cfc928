// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.DayCorrection.Parts;
import aqueduct.correction.DayCorrection.Reason;
import aqueduct.correction.DayPlan.Action;
import aqueduct.correction.DayPlanner.Asked;
import aqueduct.correction.Erasure.Erased;
import aqueduct.correction.lake.Lake;
import aqueduct.correction.raw.ErasedLines.Subject;
import aqueduct.correction.raw.RawCollector;
import aqueduct.correction.raw.RawCollector.Collected;
import aqueduct.correction.raw.RawFile;
import aqueduct.correction.raw.RawIndex;
import aqueduct.correction.raw.RawScan;
import aqueduct.correction.raw.RawStore;
import aqueduct.correction.raw.RawStore.Kept;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.logs.FileLedger;
import aqueduct.logs.ReadLimits;
import aqueduct.metrics.CorrectedDays;
import aqueduct.stores.enrichment.Enrichments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Days -> their next versions. One at a time for all who share the database; what is repeated
 * changes nothing.
 */
final class Correction implements AutoCloseable {
  private final Supplier<JavaSparkContext> spark;
  private final CorrectionSettings settings;
  private final CorrectionJob job;
  private final FileLedger ledger;
  private final Clock clock;
  private final Lake lake;
  private final CorrectedDays days;
  private final RawIndex index;

  Correction(
      Supplier<JavaSparkContext> spark,
      CorrectionSettings settings,
      CorrectionJob job,
      FileLedger ledger,
      Clock clock) {
    this.spark = spark;
    this.settings = settings;
    this.job = job;
    this.ledger = ledger;
    this.clock = clock;
    settings.database().createSchema(settings.reports());
    lake = Lake.open(settings.lake());
    days = settings.database().days(settings.reports());
    index = new RawIndex(settings.database().pool());
  }

  /**
   * What is asked for.
   *
   * @param days none: every day that was touched since its newest version
   * @param lock lock them, whatever the lateness window says
   * @param again compute even if nothing has changed
   */
  record Request(List<LocalDate> days, boolean lock, boolean again, String who, String why) {}

  /** Throws {@link CorrectionLock.TakenException} if another correction runs. */
  @SuppressWarnings("try") // the lock only has to be held
  List<Outcome> run(Request request, Consumer<Outcome> told) {
    try (CorrectionLock ignored = CorrectionLock.take(settings.database())) {
      job.recover();
      Instant now = clock.instant();
      Collected collected = collect(now);
      List<Outcome> outcomes = new ArrayList<>();
      List<LocalDate> counted = new ArrayList<>();
      for (LocalDate day : days(request)) {
        Outcome outcome = correct(day, collected, request, now);
        outcomes.add(outcome);
        told.accept(outcome);
        if (outcome.counted()) {
          counted.add(day);
        }
      }
      dictionary(counted, now);
      return outcomes;
    }
  }

  /**
   * Erases somebody from the raw files, and makes the days that held them again: what they left in
   * the lake goes with its old files. Killed anywhere, the same call completes it.
   */
  @SuppressWarnings("try") // the lock only has to be held
  Erased erase(Subject subject, Request request, Consumer<Outcome> told) throws IOException {
    try (CorrectionLock ignored = CorrectionLock.take(settings.database())) {
      job.recover();
      Instant now = clock.instant();
      Erased erased =
          new Erasure(spark.get(), settings, ledger, index, clock)
              .run(subject, collect(now).present());
      new TombstoneTable(settings.database().pool())
          .add(erased.visitors(), erased.days(), request.who, request.why);
      Collected collected = collect(now);
      for (LocalDate day : erased.days()) {
        told.accept(correct(day, collected, request, now));
      }
      lake.forgetOldFiles();
      return erased;
    }
  }

  /** Days that ended longer ago leave the lake, and so do the files of its earlier states. */
  @SuppressWarnings("try") // the lock only has to be held
  void retain(Optional<Duration> kept) {
    try (CorrectionLock ignored = CorrectionLock.take(settings.database())) {
      Instant limit = kept.map(clock.instant()::minus).orElse(Instant.MIN);
      LakeRetention.apply(lake, index.days(), limit);
    }
  }

  /** Of the days that were counted as a whole: a few late files are not worth reading a day for. */
  private void dictionary(List<LocalDate> made, Instant now) {
    LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    if (made.isEmpty()) {
      return;
    }
    try {
      new NextDictionary(spark.get(), lake, catalogue(), settings.dictionary())
          .make(made, tomorrow);
    } catch (IOException e) {
      throw new UncheckedIOException("the days are corrected, but no dictionary was added", e);
    }
  }

  private DatasetCatalogue catalogue() {
    return Enrichments.catalogue(settings.enrichment(), S3Client::create);
  }

  private Collected collect(Instant now) {
    RawStore store = RawStore.at(settings.raw());
    return new RawCollector(store, ledger, index, settings.grace(), this::scan).collect(now);
  }

  private List<RawFile> scan(List<Kept> files, boolean streamed) {
    String raw = settings.raw();
    ReadLimits limits = settings.limits();
    if (files.isEmpty()) {
      return List.of();
    }
    List<RawScan.Named> named = files.stream().map(RawScan.Named::of).toList();
    JavaSparkContext here = spark.get();
    return here.parallelize(named, Math.min(named.size(), 4 * here.defaultParallelism()))
        .map(file -> RawScan.read(RawStore.at(raw), file.kept(), streamed, limits))
        .collect();
  }

  private List<LocalDate> days(Request request) {
    if (!request.days.isEmpty()) {
      return request.days;
    }
    TreeSet<LocalDate> all = new TreeSet<>(index.days());
    days.states().forEach(state -> all.add(state.day()));
    return List.copyOf(all);
  }

  private Outcome correct(LocalDate day, Collected collected, Request request, Instant now) {
    long started = System.nanoTime();
    Tombstones tombstones = new TombstoneTable(settings.database().pool()).of(day);
    LakeInputs account = new LakeInputs(settings.database().pool());
    DayPlan plan =
        new DayPlanner(index, lake, account, days, settings.lateness())
            .plan(
                day, collected.present(), tombstones, new Asked(now, request.lock, request.again));
    DayCorrection correction =
        new DayCorrection(
            plan,
            tombstones,
            new Parts(
                days,
                lake,
                new DaySnapshot(settings.database().pool(), catalogue()),
                new RebuildParquet(spark, settings, lake, account),
                new RecomputeMetrics(spark, settings, lake)),
            new Reason(request.who, request.why));
    String result = act(plan, correction, request);
    return correction.outcome(
        result,
        new Alarm(settings.alarm(), settings.grace()),
        now,
        (System.nanoTime() - started) / 1e9);
  }

  private String act(DayPlan plan, DayCorrection correction, Request request) {
    if (plan.action() == Action.RECOMPUTE) {
      job.run(correction);
      return "published";
    }
    if (plan.action() == Action.LOCK) {
      days.lock(plan.day(), plan.state().newest(), request.who, request.why);
      return "locked";
    }
    return plan.files().isEmpty() ? "empty" : "unchanged";
  }

  @Override
  public void close() {
    lake.close();
  }
}
