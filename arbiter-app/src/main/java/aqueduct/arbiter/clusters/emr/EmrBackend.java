// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.clusters.ClusterBackend;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.StepSummary;

/**
 * Clusters of EMR. Lists by state and name, then asks for the tags, steps and fleets of each; if
 * one of these questions is refused the whole list is, since a cluster that is missing in it would
 * look like one that has ended. EMR has no client token for launches: a cluster with the launch's
 * name that is listed is the launch, and of two that slipped through the second is ended as left
 * over.
 */
public final class EmrBackend implements ClusterBackend {
  private static final Logger log = LoggerFactory.getLogger(EmrBackend.class);
  private static final Duration LONGEST_LIFE = Duration.ofDays(60);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final ClusterState[] ACTIVE = {
    ClusterState.STARTING,
    ClusterState.BOOTSTRAPPING,
    ClusterState.RUNNING,
    ClusterState.WAITING,
    ClusterState.TERMINATING
  };
  private static final ClusterState[] OVER = {
    ClusterState.TERMINATED, ClusterState.TERMINATED_WITH_ERRORS
  };
  private final EmrClient emr;
  private final EmrClient launching;
  private final EmrSettings settings;
  private final EmrRequests requests;
  private final EmrDescription description;
  private final Notices notices;
  private final Clock clock;

  /** Machines that will be taken away, with the time at which that was said. */
  public interface Notices {
    Map<String, Instant> machines();
  }

  /**
   * On these clients.
   *
   * @param emr may retry what it asks
   * @param launching must not retry: EMR would make a second cluster where the first answer was
   *     lost
   */
  public EmrBackend(
      EmrClient emr, EmrClient launching, EmrSettings settings, Notices notices, Clock clock) {
    this.notices = notices;
    this.emr = emr;
    this.launching = launching;
    this.settings = settings;
    this.requests = new EmrRequests(settings);
    this.description = new EmrDescription(emr, settings.environment());
    this.clock = clock;
  }

  @Override
  public List<Cluster> list() {
    List<Cluster> clusters = new ArrayList<>();
    Map<String, Instant> noticed = notices.machines();
    Stream.concat(summaries(ACTIVE), summaries(OVER).filter(this::isRecent))
        .forEach(summary -> describe(summary, noticed).ifPresent(clusters::add));
    return clusters;
  }

  private Stream<ClusterSummary> summaries(ClusterState... states) {
    Instant since = clock.instant().minus(LONGEST_LIFE);
    return EmrCalls.ask(
            "the list of clusters",
            () ->
                emr
                    .listClustersPaginator(r -> r.clusterStates(states).createdAfter(since))
                    .clusters()
                    .stream()
                    .toList())
        .stream()
        .filter(summary -> summary.name().startsWith(settings.prefix()));
  }

  private boolean isRecent(ClusterSummary summary) {
    Instant ended = summary.status().timeline().endDateTime();
    return ended != null && ended.isAfter(clock.instant().minus(REMEMBERED));
  }

  /** A cluster that is gone between the list and the question is not there. */
  private Optional<Cluster> describe(ClusterSummary summary, Map<String, Instant> noticed) {
    try {
      return EmrCalls.ask("cluster " + summary.id(), () -> description.of(summary.id(), noticed));
    } catch (InvalidRequestException e) {
      if (EmrCalls.isUnknown(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void launch(Launch launch) {
    String name = settings.clusterName(launch.launchId());
    Optional<ClusterSummary> there =
        summaries(ACTIVE).filter(summary -> summary.name().equals(name)).findFirst();
    if (there.isPresent()) {
      log.info("{} is there already: {}", name, there.get().id());
      return;
    }
    String id =
        EmrCalls.ask("a launch", () -> launching.runJobFlow(requests.run(launch)).jobFlowId());
    log.info("{} is {}", name, id);
  }

  @Override
  public void resubmit(String clusterId, long token) {
    List<StepSummary> steps = description.steps(clusterId);
    if (steps.stream().noneMatch(step -> EmrRequests.token(step.name()) >= token)) {
      EmrCalls.ask(
          "a step",
          () -> emr.addJobFlowSteps(r -> r.jobFlowId(clusterId).steps(requests.step(token))));
    }
  }

  /** EMR drains a machine before it takes it away (graceful decommissioning of YARN). */
  @Override
  public void resize(String clusterId, int units) {
    InstanceFleet tasks =
        description
            .tasks(clusterId)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "cluster " + clusterId + " has no " + InstanceFleetType.TASK + " fleet"));
    boolean spot = tasks.targetSpotCapacity() > 0;
    EmrCalls.ask(
        "a resize",
        () ->
            emr.modifyInstanceFleet(
                r ->
                    r.clusterId(clusterId)
                        .instanceFleet(
                            fleet ->
                                fleet
                                    .instanceFleetId(tasks.id())
                                    .targetSpotCapacity(spot ? units : 0)
                                    .targetOnDemandCapacity(spot ? 0 : units))));
  }

  @Override
  public void end(String clusterId) {
    EmrCalls.ask("an end", () -> emr.terminateJobFlows(r -> r.jobFlowIds(clusterId)));
  }
}
