// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.retention.Due;
import aqueduct.local.retention.Retention;
import aqueduct.local.traffic.Traffic;
import aqueduct.local.traffic.TrafficPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the rules let go of the raw files, after their time and not before. */
class RetentionTest {
  private static final String LOCKED = "2025-11-20";
  private static final String OPEN = "2025-11-21";
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    SharedPipeline.system();
  }

  private void deliver(String day, long seed) throws Exception {
    Path files = directory.resolve(day);
    Instant start = Instant.parse(day + "T10:00:00Z");
    new Traffic()
        .write(
            new TrafficPlan(500, seed, start, 4, TrafficPlan.Mix.TYPICAL, 0, 33),
            files,
            file -> {});
    SharedPipeline.deliver(SharedPipeline.logs(files));
  }

  private static Set<String> kept(String day) {
    try (S3Client s3 = S3Client.create()) {
      return s3.listObjectsV2Paginator(r -> r.bucket("backup")).contents().stream()
          .map(S3Object::key)
          .filter(key -> key.contains("." + day + "-"))
          .collect(Collectors.toSet());
    }
  }

  private static String correct(String... more) {
    List<String> command = new ArrayList<>(List.of("correct", LOCKED));
    command.addAll(List.of("--data", SharedPipeline.DATA.toString()));
    command.addAll(List.of(more));
    Cli cli = Cli.run(command.toArray(String[]::new));
    assertThat(cli.status()).as(cli.err()).isZero();
    return cli.out();
  }

  @Test
  void raw_files_of_locked_days_go_after_their_time_and_the_days_stay_as_they_are()
      throws Exception {
    deliver(LOCKED, 31);
    deliver(OPEN, 32);
    correct("--lock");

    try (StoredDays stored = StoredDays.all(SharedPipeline.DATA)) {
      assertThat(raw(stored, Duration.ofDays(399)).keys()).isEmpty();
      Due due = raw(stored, Duration.ofDays(401));
      assertThat(due.keys()).containsAll(kept(LOCKED)).doesNotContainAnyElementsOf(kept(OPEN));
      assertThat(due.kept()).as("wait for their days' lock").isGreaterThanOrEqualTo(1);

      at(stored, Duration.ofDays(401)).delete(ofLockedDay(due));
    }
    assertThat(kept(LOCKED)).isEmpty();
    assertThat(kept(OPEN)).isNotEmpty();
    assertThat(correct()).contains("unchanged").contains("500");
  }

  private static Retention at(StoredDays stored, Duration later) throws Exception {
    return new Retention(stored.system(), stored.days(), Instant.now().plus(later));
  }

  private static Due raw(StoredDays stored, Duration later) throws Exception {
    return at(stored, later).buckets().stream()
        .filter(due -> due.store().equals("raw"))
        .findFirst()
        .orElseThrow();
  }

  /** The files of other tests stay. */
  private static Due ofLockedDay(Due due) {
    List<String> keys =
        due.keys().stream().filter(key -> key.contains("." + LOCKED + "-")).toList();
    return new Due(due.store(), due.rule(), due.held(), due.bytes(), keys, 0, due.kept());
  }
}
