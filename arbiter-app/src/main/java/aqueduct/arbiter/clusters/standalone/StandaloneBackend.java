// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Spark standalone clusters of processes on this machine: a master, a worker for the driver, and
 * one worker for each unit. A cluster is a folder; every call brings its processes nearer to what
 * the folder says, so that an arbiter which died half way is finished by the next.
 */
public final class StandaloneBackend implements ClusterBackend {
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private final StandaloneSettings settings;
  private final SparkProcess spark;
  private final SubmissionServer submissions;
  private final Clock clock;

  public StandaloneBackend(StandaloneSettings settings, Clock clock) {
    this.settings = settings;
    this.spark = new SparkProcess(settings);
    this.submissions = new SubmissionServer(settings);
    this.clock = clock;
  }

  @Override
  public List<Cluster> list() {
    return ClusterFolder.all(settings.data()).stream()
        .map(folder -> folder.alone(() -> see(folder)))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Cluster> see(ClusterFolder folder) {
    Optional<Instant> ended = folder.find("ended").map(Instant::parse);
    if (ended.isPresent()) {
      boolean old = ended.get().isBefore(clock.instant().minus(REMEMBERED));
      return old ? Optional.empty() : Optional.of(cluster(folder, new Seen(State.ENDED, "")));
    }
    Parts parts = Parts.of(folder.path());
    if (folder.find("ending").isPresent()) {
      finish(folder, parts);
      return Optional.of(cluster(folder, new Seen(parts.none() ? State.ENDED : State.ENDING, "")));
    }
    if (parts.none() && folder.find("driver").isPresent()) {
      folder.set("ended", clock.instant().toString());
      return Optional.of(cluster(folder, new Seen(State.ENDED, "all its processes are gone")));
    }
    build(folder, parts);
    return Optional.of(cluster(folder, state(folder, parts)));
  }

  private record Seen(State state, String detail) {}

  private Seen state(ClusterFolder folder, Parts parts) {
    Optional<String> driver = folder.find("driver");
    if (driver.isEmpty()) {
      return new Seen(State.STARTING, "");
    }
    if (!parts.has("master")) {
      return new Seen(State.DEGRADED, "its master is gone");
    }
    long workers = parts.workers();
    if (workers < wanted(folder)) {
      return new Seen(
          State.DEGRADED,
          (wanted(folder) - workers) + " of " + wanted(folder) + " workers are gone");
    }
    String state = submissions.state(folder, driver.get()).orElse("UNKNOWN");
    return switch (state) {
      case "RUNNING" -> new Seen(State.RUNNING, "");
      case "SUBMITTED", "RELAUNCHING", "UNKNOWN" -> new Seen(State.STARTING, "");
      default -> new Seen(State.JOBLESS, "its driver is " + state);
    };
  }

  /** One for the driver, one for each unit. */
  private static int wanted(ClusterFolder folder) {
    return folder.number("units") + 1;
  }

  private static Cluster cluster(ClusterFolder folder, Seen seen) {
    return new Cluster(
        folder.id(),
        folder.get("launch"),
        folder.get("spec"),
        Long.parseLong(folder.get("token")),
        seen.state(),
        seen.detail(),
        Instant.parse(folder.get("since")),
        folder.number("units"),
        Optional.empty(),
        Work.NONE);
  }

  @Override
  public void launch(Launch launch) {
    ClusterFolder folder = ClusterFolder.of(settings.data(), launch.launchId());
    folder.alone(
        () -> {
          if (!folder.exists()) {
            folder.create(launch, clock.instant());
          }
          if (folder.find("ending").isEmpty() && folder.find("ended").isEmpty()) {
            build(folder, Parts.of(folder.path()));
          }
          return true;
        });
  }

  /** Until the job is there: whatever of the cluster is missing. After that a loss is a loss. */
  private void build(ClusterFolder folder, Parts parts) {
    if (folder.find("driver").isPresent()) {
      return;
    }
    if (!parts.has("master")) {
      spark.master(folder);
    }
    startWorkers(folder, parts);
    int workers = submissions.workers(folder).orElse(0);
    if (workers >= wanted(folder)) {
      submit(folder);
    }
  }

  private void startWorkers(ClusterFolder folder, Parts parts) {
    for (int i = 0; i < wanted(folder); i++) {
      if (!parts.has("worker-" + i)) {
        spark.worker(folder, "worker-" + i);
      }
    }
  }

  private void submit(ClusterFolder folder) {
    submissions
        .submit(folder, Long.parseLong(folder.get("token")))
        .ifPresent(driver -> folder.set("driver", driver));
  }

  @Override
  public void resubmit(String clusterId, long token) {
    ClusterFolder folder = ClusterFolder.of(settings.data(), clusterId);
    folder.alone(
        () -> {
          if (Long.parseLong(folder.get("token")) < token) {
            folder.find("driver").ifPresent(driver -> submissions.kill(folder, driver));
            folder.set("token", Long.toString(token));
            folder.set("since", clock.instant().toString());
            submit(folder);
          }
          return true;
        });
  }

  /** A new worker gives the job an executor; one that is told to end moves its blocks first. */
  @Override
  public void resize(String clusterId, int units) {
    ClusterFolder folder = ClusterFolder.of(settings.data(), clusterId);
    folder.alone(
        () -> {
          int before = wanted(folder);
          folder.set("units", Integer.toString(units));
          Parts parts = Parts.of(folder.path());
          startWorkers(folder, parts);
          for (int i = units + 1; i < before; i++) {
            parts.byName().getOrDefault("worker-" + i, List.of()).forEach(Signals::terminate);
          }
          return true;
        });
  }

  @Override
  public void end(String clusterId) {
    ClusterFolder folder = ClusterFolder.of(settings.data(), clusterId);
    folder.alone(
        () -> {
          if (folder.exists() && folder.find("ending").isEmpty()) {
            folder.set("ending", clock.instant().toString());
          }
          finish(folder, Parts.of(folder.path()));
          return true;
        });
  }

  private void finish(ClusterFolder folder, Parts parts) {
    if (parts.none()) {
      folder.set("ended", clock.instant().toString());
    } else {
      parts.all().forEach(Signals::kill);
    }
  }
}
