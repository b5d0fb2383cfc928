// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.logs.LogFile;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kept file as the index knows it.
 *
 * @param modified when it came into the backup
 * @param lines log lines in it
 * @param first earliest event, null without events
 * @param last latest event, null without events
 * @param days the days of which it may hold events, oldest first
 * @param streamed whether the live path has taken it; false: its notice was lost
 */
public record RawFile(
    LogFileName name,
    Instant modified,
    long lines,
    @Nullable Instant first,
    @Nullable Instant last,
    List<LocalDate> days,
    boolean streamed)
    implements Serializable {
  public RawFile {
    days = List.copyOf(days);
  }

  /** What names a file, in a form that travels between processes. */
  public record LogFileName(String bucket, String key, String etag, long size)
      implements Serializable {
    static LogFileName of(LogFile file) {
      return new LogFileName(file.bucket(), file.key(), file.etag(), file.size());
    }
  }

  public LogFile file() {
    return new LogFile(name.bucket, name.key, name.etag, name.size);
  }

  public long fileId() {
    return file().fileId();
  }
}
