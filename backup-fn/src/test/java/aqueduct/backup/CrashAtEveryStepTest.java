// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static aqueduct.backup.LocalS3.BACKUP;
import static aqueduct.backup.LocalS3.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.logs.notice.ObjectNotice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

/**
 * Row 6 of the fault catalogue: the worker dies before and after the effect of each of its calls in
 * turn. At no time is the file nowhere; the next delivery finishes the work.
 */
class CrashAtEveryStepTest extends OnLocalS3 {
  private static final String CONTENT = "0123456789".repeat(700_000); // two parts

  /** Is another content of that name kept already? */
  enum Scene {
    FREE_NAME,
    TAKEN_NAME
  }

  @ParameterizedTest
  @EnumSource(Scene.class)
  void a_file_copied_at_once_survives_the_death_of_its_worker_at_any_call(Scene scene) {
    assertThat(killEverywhere(scene, Way.WHOLE.properties, "0123"))
        .hasSize(scene == Scene.FREE_NAME ? 5 : 6);
  }

  @ParameterizedTest
  @EnumSource(Scene.class)
  void a_file_copied_in_parts_survives_the_death_of_its_worker_at_any_call(Scene scene) {
    BackupProperties parts = properties(DataSize.ofBytes(0), true, Duration.ofNanos(1));
    assertThat(killEverywhere(scene, parts, CONTENT))
        .contains("UploadPartCopy", "CompleteMultipartUpload");
  }

  @ParameterizedTest
  @EnumSource(Scene.class)
  void a_file_deleted_without_condition_survives_the_death_of_its_worker_at_any_call(Scene scene) {
    assertThat(killEverywhere(scene, Way.GUARDED_DELETE.properties, "0123"))
        .contains("DeleteObject");
  }

  /** Returns the calls of the scene when nobody dies. */
  private static List<String> killEverywhere(
      Scene scene, BackupProperties properties, String content) {
    Calls undisturbed = new Calls();
    ObjectNotice notice = set(scene, content);
    new FileKeeper(s3.client(undisturbed), properties).keep(notice);
    for (int call = 0; call < undisturbed.count(); call++) {
      for (boolean afterEffect : new boolean[] {false, true}) {
        notice = set(scene, content);
        FileKeeper dying = new FileKeeper(s3.client(Calls.killedAt(call, afterEffect)), properties);
        ObjectNotice delivered = notice;
        assertThatThrownBy(() -> dying.keep(delivered)).isInstanceOf(Calls.Killed.class);
        String where =
            (afterEffect ? "after " : "before ") + undisturbed.begun.get(call) + " #" + call;
        List<String> somewhere = new ArrayList<>(s3.contents(INGEST).values());
        somewhere.addAll(s3.contents(BACKUP).values());
        assertThat(somewhere).as("killed %s", where).contains(content);

        assertThat(new FileKeeper(s3.client, properties).keep(notice))
            .as("second delivery, killed %s", where)
            .isIn(Outcome.KEPT, Outcome.KEPT_BESIDE, Outcome.ALREADY_KEPT);
        assertThat(s3.contents(BACKUP))
            .as("killed %s", where)
            .isEqualTo(expected(scene, content, notice));
        assertThat(s3.contents(INGEST)).as("killed %s", where).isEmpty();
        assertThat(s3.unfinishedUploads()).as("orphans, killed %s", where).isZero();
      }
    }
    return undisturbed.begun;
  }

  private static ObjectNotice set(Scene scene, String content) {
    s3.clear();
    if (scene == Scene.TAKEN_NAME) {
      s3.put(BACKUP, KEY, "older");
    }
    return notice(KEY, s3.put(INGEST, KEY, content), content.length());
  }

  private static Map<String, String> expected(Scene scene, String content, ObjectNotice notice) {
    return scene == Scene.FREE_NAME
        ? Map.of(KEY, content)
        : Map.of(KEY, "older", KeptName.beside(KEY, notice.etag().orElseThrow()), content);
  }
}
