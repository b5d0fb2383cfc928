// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import aqueduct.correction.DayPlan.Action;
import aqueduct.correction.LakeInputs.Input;
import aqueduct.correction.lake.Lake;
import aqueduct.correction.raw.RawFile;
import aqueduct.correction.raw.RawIndex;
import aqueduct.metrics.CorrectedDays;
import aqueduct.metrics.CorrectedDays.DayState;
import aqueduct.metrics.CorrectedDays.DayVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.exceptions.NotFoundException;

/** What is kept, counted and shown of a day -> what is to be done to it. */
final class DayPlanner {
  private final RawIndex index;
  private final Lake lake;
  private final LakeInputs account;
  private final CorrectedDays days;
  private final Duration lateness;

  DayPlanner(RawIndex index, Lake lake, LakeInputs account, CorrectedDays days, Duration lateness) {
    this.index = index;
    this.lake = lake;
    this.account = account;
    this.days = days;
    this.lateness = lateness;
  }

  /**
   * How a day is asked for.
   *
   * @param now decides whether the lateness window is over
   * @param lock lock whatever the window says
   * @param again compute even if nothing has changed
   */
  record Asked(Instant now, boolean lock, boolean again) {}

  DayPlan plan(LocalDate day, Set<Long> present, Tombstones tombstones, Asked asked) {
    DayState state = days.state(day).orElse(new DayState(day, 0, false, 0, 0));
    List<DataFile> live = lake.files(day);
    Set<String> paths = live.stream().map(DataFile::location).collect(Collectors.toSet());
    Set<Long> inLake =
        account.of(day, paths).stream().map(Input::fileId).collect(Collectors.toSet());
    List<RawFile> files =
        index.of(day).stream()
            .filter(file -> present.contains(file.fileId()) || inLake.contains(file.fileId()))
            .toList();
    String inputs = digest(files, tombstones);
    boolean lock = !state.locked() && (asked.lock || isOver(day, asked.now));
    boolean known =
        inputs.equals(newestInputs(day)) && !asked.again && live.stream().allMatch(this::isWhole);
    boolean waiting = state.uncoveredEvents() > 0 && (state.shown() > 0 || lock);
    Action action =
        files.isEmpty() && live.isEmpty()
            ? Action.NOTHING
            : !known || waiting ? Action.RECOMPUTE : lock ? Action.LOCK : Action.NOTHING;
    return new DayPlan(day, state, files, inputs, action, lock || state.locked(), asked.again);
  }

  private boolean isOver(LocalDate day, Instant now) {
    return !day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(lateness).isAfter(now);
  }

  private boolean isWhole(DataFile file) {
    try {
      return lake.table().io().newInputFile(file.location()).getLength() == file.fileSizeInBytes();
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** What the newest version was made of; empty if there is none. */
  private String newestInputs(LocalDate day) {
    return days.newestVersion(day)
        .map(DayVersion::inputs)
        .map(inputs -> inputs.replaceFirst(" .*", ""))
        .orElse("");
  }

  private String digest(List<RawFile> files, Tombstones tombstones) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.stream()
          .map(RawFile::fileId)
          .sorted()
          .forEach(id -> add(sha256, "file " + Long.toHexString(id)));
      tombstones.visitors().stream()
          .sorted()
          .forEach(id -> add(sha256, "erased " + Long.toHexString(id)));
      return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
