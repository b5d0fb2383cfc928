// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.retention;

import aqueduct.local.system.StoredSystem;
import aqueduct.local.system.Topology;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Rules and stores -> what is due, and its end. A rule that is applied twice finds nothing. */
public final class Retention {
  private static final Duration ABANDONED = Duration.ofDays(7);
  private final StoredSystem stored;
  private final CorrectedDays days;
  private final RetentionRules rules;
  private final Instant now;

  public Retention(StoredSystem stored, CorrectedDays days, Instant now) throws IOException {
    this.stored = stored;
    this.days = days;
    this.now = now;
    rules = RetentionRules.of(Topology.environment(Optional.empty()));
  }

  public RetentionRules rules() {
    return rules;
  }

  /** What the buckets hold that is due. */
  public List<Due> buckets() {
    Set<LocalDate> locked =
        days.states().stream()
            .filter(DayState::locked)
            .map(DayState::day)
            .collect(Collectors.toSet());
    return List.of(
        due("raw", stored.topology().backup(), rules.raw(), o -> isLocked(o, locked)),
        due("rejections", stored.topology().bucket("rejected"), rules.rejections(), o -> true));
  }

  private Due due(String store, String bucket, String rule, Predicate<S3Object> mayGo) {
    Instant limit = RetentionRules.limit(store, rule, now);
    List<String> keys = new ArrayList<>();
    long held = 0;
    long bytes = 0;
    long dueBytes = 0;
    long kept = 0;
    for (S3Object object : stored.s3().listObjectsV2Paginator(r -> r.bucket(bucket)).contents()) {
      held++;
      bytes += object.size();
      if (object.lastModified().isBefore(limit)) {
        if (mayGo.test(object)) {
          keys.add(object.key());
          dueBytes += object.size();
        } else {
          kept++;
        }
      }
    }
    return new Due(store, rule, held, bytes, List.copyOf(keys), dueBytes, kept);
  }

  /** A file may go when all of its days are locked; one that was never streamed stays. */
  private boolean isLocked(S3Object object, Set<LocalDate> locked) {
    String etag = object.eTag().replace("\"", "");
    long id = new LogFile(stored.topology().backup(), object.key(), etag, object.size()).fileId();
    return stored
        .ledger()
        .find(id)
        .flatMap(Entry::summary)
        .map(summary -> ofDays(summary).allMatch(locked::contains))
        .orElse(false);
  }

  private static java.util.stream.Stream<LocalDate> ofDays(FileSummary summary) {
    if (summary.firstEvent().isEmpty() || summary.lastEvent().isEmpty()) {
      return java.util.stream.Stream.empty();
    }
    LocalDate first = LocalDate.ofInstant(summary.firstEvent().get(), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(summary.lastEvent().get(), ZoneOffset.UTC);
    return first.datesUntil(last.plusDays(1));
  }

  /** Deletes what is due of a bucket. */
  public void delete(Due due) {
    String bucket =
        due.store().equals("raw")
            ? stored.topology().backup()
            : stored.topology().bucket("rejected");
    due.keys().forEach(key -> stored.s3().deleteObject(r -> r.bucket(bucket).key(key)));
  }

  /** Deletes the numbers of old versions and of drafts that nobody goes on with. */
  public int sweepVersions() {
    return days.sweep(rules.versions(), ABANDONED);
  }
}
