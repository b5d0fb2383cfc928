// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

import aqueduct.local.resend.Missing.Where;
import aqueduct.local.system.StoredSystem;
import aqueduct.logs.FileLedger.Entry;
import aqueduct.logs.FileLedger.State;
import aqueduct.logs.LogFile;
import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.FileProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the buckets hold, and what ledger and metrics know of it -> the files that were lost on
 * their way. What came after a given time may still be on its way, and is only counted.
 *
 * @param missing the files, in the order of buckets and keys
 * @param files all files that were looked at
 * @param young those of them that are not in the metrics and came too lately to be called lost
 */
public record Backfill(List<Missing> missing, int files, int young) {

  /** Looks at all that is stored. */
  public static Backfill of(StoredSystem stored, Instant lostBefore) {
    return new Search(stored, lostBefore).backfill();
  }

  private static final class Search {
    private final StoredSystem stored;
    private final MetricStore metrics;
    private final Instant lostBefore;
    private final Map<Long, Entry> ledger = new HashMap<>();
    private final List<Missing> missing = new ArrayList<>();
    private int files;
    private int young;

    Search(StoredSystem stored, Instant lostBefore) {
      this.stored = stored;
      this.lostBefore = lostBefore;
      metrics = stored.metrics();
      try (Stream<Entry> entries = stored.ledger().entries()) {
        entries.forEach(entry -> ledger.put(entry.file().fileId(), entry));
      }
    }

    Backfill backfill() {
      String ingest = stored.topology().ingest();
      String backup = stored.topology().backup();
      list(ingest).forEach(object -> add(ingest, object, Where.ARRIVED));
      list(backup)
          .forEach(
              object -> {
                Where where = stopped(backup, object);
                if (where == null) files++;
                else add(backup, object, where);
              });
      return new Backfill(List.copyOf(missing), files, young);
    }

    private Stream<S3Object> list(String bucket) {
      return stored.s3().listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream();
    }

    private void add(String bucket, S3Object object, Where where) {
      files++;
      if (object.lastModified().isAfter(lostBefore)) young++;
      else missing.add(new Missing(bucket, object.key(), where));
    }

    /** Where a kept file stopped; null if all of it is in the metrics. */
    private @Nullable Where stopped(String bucket, S3Object object) {
      String etag = object.eTag().replace("\"", "");
      Entry entry = ledger.get(new LogFile(bucket, object.key(), etag, object.size()).fileId());
      if (entry == null || entry.state() != State.DONE) return Where.KEPT;
      int sent = entry.summary().map(s -> s.chunks()).orElse(0);
      int applied = metrics.progress(entry.file().fileId()).map(FileProgress::chunks).orElse(0);
      return applied < sent ? Where.STREAMED : null;
    }
  }
}
