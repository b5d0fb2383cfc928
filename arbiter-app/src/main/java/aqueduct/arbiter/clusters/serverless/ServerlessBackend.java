// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.serverless;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.clusters.RefusedException;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;
import software.amazon.awssdk.services.emrserverless.model.JobRun;
import software.amazon.awssdk.services.emrserverless.model.JobRunMode;
import software.amazon.awssdk.services.emrserverless.model.JobRunState;
import software.amazon.awssdk.services.emrserverless.model.JobRunSummary;

/**
 * A cluster is a streaming job run. The launch's name is the client token, so the service itself
 * makes one run of a launch that is asked for twice. A run cannot be resized: let least and most
 * units be equal, and let Spark's dynamic allocation do it.
 */
public final class ServerlessBackend implements ClusterBackend {
  private static final Logger log = LoggerFactory.getLogger(ServerlessBackend.class);
  private static final Duration LONGEST_LIFE = Duration.ofDays(60);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final String LAUNCH = "aqueduct:launch";
  private static final String SPEC = "aqueduct:spec";
  private static final String TOKEN = "aqueduct:token";
  private static final String UNITS = "aqueduct:units";
  private final EmrServerlessClient serverless;
  private final ServerlessSettings settings;
  private final Clock clock;

  public ServerlessBackend(
      EmrServerlessClient serverless, ServerlessSettings settings, Clock clock) {
    this.serverless = serverless;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public List<Cluster> list() {
    Instant since = clock.instant().minus(LONGEST_LIFE);
    List<JobRunSummary> runs =
        ask(
            "the list of job runs",
            () ->
                serverless
                    .listJobRunsPaginator(
                        r ->
                            r.applicationId(settings.application())
                                .createdAtAfter(since)
                                .mode(JobRunMode.STREAMING))
                    .jobRuns()
                    .stream()
                    .toList());
    List<Cluster> clusters = new ArrayList<>();
    runs.stream()
        .filter(run -> run.name() != null && run.name().startsWith(name("")))
        .filter(this::isRecent)
        .forEach(run -> clusters.add(ask("job run " + run.id(), () -> describe(run.id()))));
    return clusters;
  }

  private boolean isRecent(JobRunSummary run) {
    return state(run.state()) != State.ENDED
        || run.updatedAt().isAfter(clock.instant().minus(REMEMBERED));
  }

  private Cluster describe(String id) {
    JobRun run =
        serverless.getJobRun(r -> r.applicationId(settings.application()).jobRunId(id)).jobRun();
    Map<String, String> tags = run.tags();
    return new Cluster(
        id,
        tags.getOrDefault(LAUNCH, ""),
        tags.getOrDefault(SPEC, ""),
        Long.parseLong(tags.getOrDefault(TOKEN, "0")),
        state(run.state()),
        run.stateDetails() == null ? "" : run.stateDetails(),
        run.createdAt(),
        Integer.parseInt(tags.getOrDefault(UNITS, "1")),
        Optional.empty(),
        Work.NONE);
  }

  private static State state(JobRunState state) {
    return switch (state) {
      case SUBMITTED, PENDING, SCHEDULED, QUEUED, UNKNOWN_TO_SDK_VERSION -> State.STARTING;
      case RUNNING -> State.RUNNING;
      case CANCELLING -> State.ENDING;
      case SUCCESS, FAILED, CANCELLED -> State.ENDED;
    };
  }

  private String name(String launchId) {
    return "aqueduct-" + settings.environment() + "-" + launchId;
  }

  @Override
  public void launch(Launch launch) {
    List<String> arguments = new ArrayList<>(settings.arguments());
    arguments.add("--aqueduct.aggregate.writer-token=" + launch.token());
    String parameters =
        settings.parameters() + " --conf spark.executor.instances=" + launch.units();
    ask(
        "a launch",
        () ->
            serverless.startJobRun(
                r ->
                    r.applicationId(settings.application())
                        .clientToken(name(launch.launchId()))
                        .name(name(launch.launchId()))
                        .executionRoleArn(settings.role())
                        .mode(JobRunMode.STREAMING)
                        .retryPolicy(p -> p.maxFailedAttemptsPerHour(settings.attemptsPerHour()))
                        .tags(
                            Map.of(
                                LAUNCH,
                                launch.launchId(),
                                SPEC,
                                launch.spec().name(),
                                TOKEN,
                                Long.toString(launch.token()),
                                UNITS,
                                Integer.toString(launch.units())))
                        .jobDriver(
                            d ->
                                d.sparkSubmit(
                                    s ->
                                        s.entryPoint(settings.entryPoint())
                                            .entryPointArguments(arguments)
                                            .sparkSubmitParameters(parameters)))));
  }

  /** A run is its job: it never loses it. */
  @Override
  public void resubmit(String clusterId, long token) {
    throw new IllegalStateException("a job run of EMR Serverless has no second job: " + clusterId);
  }

  @Override
  public void resize(String clusterId, int units) {
    log.warn(
        "Job run {} cannot be resized to {}: set aqueduct.arbiter.scale.min-units and max-units"
            + " to one number and let Spark allocate",
        clusterId,
        units);
  }

  @Override
  public void end(String clusterId) {
    ask(
        "an end",
        () ->
            serverless.cancelJobRun(
                r -> r.applicationId(settings.application()).jobRunId(clusterId)));
  }

  private static <T> T ask(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (EmrServerlessException e) {
      if (e.isThrottlingException() || e.statusCode() == 402) { // its quota of running jobs
        throw new RefusedException("EMR Serverless refuses " + what + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }
}
