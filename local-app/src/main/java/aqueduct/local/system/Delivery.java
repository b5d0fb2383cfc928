// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.logs.FileLedger;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.FileSummary;
import aqueduct.logs.LogFile;
import aqueduct.metrics.MetricStore.FileProgress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Given files -> objects in the ingest bucket, watched until every line of them is applied to the
 * metrics or accounted for. Says what is missing if nothing moves any more.
 */
public final class Delivery {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MS = 200;

  private final LocalSystem system;
  private final S3Client s3;
  private final FileLedger ledger;
  private final Map<GivenFile, Optional<LogFile>> kept = new LinkedHashMap<>();
  private final List<GivenFile> given = new ArrayList<>();
  private final Set<Long> countedBefore = new HashSet<>();
  private long moved = System.nanoTime();
  private long position = -1;
  private long aggregation;

  public Delivery(LocalSystem system) {
    this.system = system;
    s3 = system.s3();
    ledger = system.ledger();
    ledger
        .entries()
        .filter(entry -> entry.state() == State.DONE)
        .forEach(entry -> countedBefore.add(entry.file().fileId()));
  }

  /** Called now and then: lines applied, and lines known so far. */
  public interface Watcher {
    void at(long applied, long known);
  }

  /** Puts the file; one of the same name only after the earlier one was taken. */
  public void put(GivenFile file) throws IOException {
    moved = System.nanoTime();
    while (isInIngest(file.name())) {
      checkMoving(() -> file.name() + " is not taken from the ingest bucket");
      pause();
    }
    s3.putObject(
        request -> request.bucket(system.topology().ingest()).key(file.name()),
        RequestBody.fromFile(file.path()));
    given.add(file);
    kept.put(file, Optional.empty());
  }

  private boolean isInIngest(String key) {
    return etag(system.topology().ingest(), key) != null;
  }

  private @Nullable String etag(String bucket, String key) {
    try {
      return s3.headObject(request -> request.bucket(bucket).key(key)).eTag().replace("\"", "");
    } catch (NoSuchKeyException e) {
      return null;
    } catch (S3Exception e) {
      if (e.statusCode() == 404) return null;
      throw e;
    }
  }

  /** Returns when nothing is open any more. */
  public List<FileAccount> await(Watcher watcher) throws IOException {
    moved = System.nanoTime();
    while (true) {
      long applied = 0;
      long known = 0;
      List<String> open = new ArrayList<>();
      for (GivenFile file : kept.keySet()) {
        Stand state = state(file);
        applied += state.applied;
        known += state.lines;
        if (!state.open.isEmpty()) open.add(file.name() + " " + state.open);
      }
      watcher.at(applied, known);
      if (open.isEmpty()) return accounts();
      if (system.aggregatePid() != aggregation) {
        aggregation = system.aggregatePid();
        moved = System.nanoTime();
      }
      if (applied + known + kept.size() * 3L - open.size() != position) {
        position = applied + known + kept.size() * 3L - open.size();
        moved = System.nanoTime();
      }
      checkMoving(() -> String.join("; ", open.subList(0, Math.min(5, open.size()))));
      system.check();
      pause();
    }
  }

  private record Stand(long lines, long applied, String open) {}

  private Stand state(GivenFile file) {
    if (isInIngest(file.name())) return new Stand(0, 0, "waits in the ingest bucket");
    Optional<LogFile> found = find(file);
    if (found.isEmpty()) return new Stand(0, 0, "is not in the backup bucket");
    Optional<Entry> entry = ledger.find(found.get().fileId());
    if (entry.isEmpty() || entry.get().state() != State.DONE) {
      return new Stand(0, 0, "is not streamed yet");
    }
    FileSummary summary = entry.get().summary().orElseThrow();
    Optional<FileProgress> progress = system.metrics().progress(found.get().fileId());
    int chunks = progress.map(FileProgress::chunks).orElse(0);
    long applied = progress.map(FileProgress::lines).orElse(0L);
    String open =
        chunks == summary.chunks()
            ? ""
            : "has " + chunks + " of " + summary.chunks() + " chunks applied";
    return new Stand(summary.lines(), applied, open);
  }

  /** Where backup keeps it: under its name, or beside another content of that name. */
  private Optional<LogFile> find(GivenFile file) {
    Optional<LogFile> known = kept.getOrDefault(file, Optional.empty());
    if (known.isPresent()) return known;
    String bucket = system.topology().backup();
    String stem = file.name().replaceFirst("\\.[^.]*$", "");
    Optional<LogFile> found =
        s3
            .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(stem))
            .contents()
            .stream()
            .filter(o -> o.key().equals(file.name()) || o.key().startsWith(stem + "~"))
            .filter(o -> sameEtag(o, file))
            .findFirst()
            .map(o -> file.kept(bucket, o.key()));
    kept.put(file, found);
    return found;
  }

  private static boolean sameEtag(S3Object object, GivenFile file) {
    return object.eTag().replace("\"", "").equals(file.etag());
  }

  private List<FileAccount> accounts() {
    Set<Long> counted = new HashSet<>(countedBefore);
    return given.stream().map(file -> account(file, counted)).toList();
  }

  private FileAccount account(GivenFile file, Set<Long> counted) {
    LogFile log = find(file).orElseThrow();
    FileSummary summary = ledger.find(log.fileId()).orElseThrow().summary().orElseThrow();
    String problem = summary.problem().orElse("");
    String name = file.path().toString();
    if (!counted.add(log.fileId())) {
      return new FileAccount(name, summary.lines(), 0, 0, 0, summary.lines(), problem);
    }
    FileProgress done =
        system
            .metrics()
            .progress(log.fileId())
            .orElse(new FileProgress(log.fileId(), 0, 0, 0, 0, 0, 0));
    return new FileAccount(
        name, summary.lines(), done.events(), done.rejected(), done.filtered(), 0, problem);
  }

  private void checkMoving(Supplier<String> what) throws IOException {
    if (System.nanoTime() - moved > PATIENCE.toNanos()) {
      throw new IOException(
          "Nothing moved for "
              + PATIENCE.toSeconds()
              + " s: "
              + what.get()
              + ". See "
              + system.data().resolve("logs")
              + " and aqueduct bad.");
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were on their way");
    }
  }
}
