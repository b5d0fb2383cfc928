// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.Work;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceFleet;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceState;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;

/** A cluster of EMR with its tags, steps and fleets -> one of ours. */
final class EmrDescription {
  private final EmrClient emr;
  private final String environment;

  EmrDescription(EmrClient emr, String environment) {
    this.emr = emr;
    this.environment = environment;
  }

  /** Empty if it is not of our environment. */
  Optional<Cluster> of(String id, Map<String, Instant> noticed) {
    var cluster = emr.describeCluster(r -> r.clusterId(id)).cluster();
    Map<String, String> tags = ClusterTags.map(cluster.tags());
    if (!environment.equals(tags.get(ClusterTags.ENVIRONMENT))) {
      return Optional.empty();
    }
    boolean over = isOver(cluster.status().state());
    Optional<StepSummary> job = over ? Optional.empty() : job(id);
    int units = over ? 0 : tasks(id).map(EmrDescription::units).orElse(0);
    return Optional.of(
        new Cluster(
            id,
            tags.getOrDefault(ClusterTags.LAUNCH, ""),
            tags.getOrDefault(ClusterTags.SPEC, ""),
            job.map(step -> EmrRequests.token(step.name()))
                .orElseGet(() -> Long.parseLong(tags.getOrDefault(ClusterTags.TOKEN, "0"))),
            state(cluster.status().state(), job),
            detail(cluster.status(), job),
            since(cluster.status(), job),
            units,
            over ? Optional.empty() : interruption(id, noticed),
            Work.NONE));
  }

  /** EMR replaces single task machines by itself; when half of them go, the cluster does. */
  private Optional<Instant> interruption(String id, Map<String, Instant> noticed) {
    if (noticed.isEmpty()) {
      return Optional.empty();
    }
    List<String> machines =
        emr
            .listInstancesPaginator(
                r ->
                    r.clusterId(id)
                        .instanceFleetType(InstanceFleetType.TASK)
                        .instanceStates(InstanceState.RUNNING))
            .instances()
            .stream()
            .map(Instance::ec2InstanceId)
            .toList();
    List<Instant> going =
        machines.stream()
            .map(machine -> Optional.ofNullable(noticed.get(machine)))
            .flatMap(Optional::stream)
            .toList();
    return going.size() * 2 >= machines.size()
        ? going.stream().min(Comparator.naturalOrder())
        : Optional.empty();
  }

  private static boolean isOver(ClusterState state) {
    return state == ClusterState.TERMINATED || state == ClusterState.TERMINATED_WITH_ERRORS;
  }

  /** The step that was submitted last. */
  private Optional<StepSummary> job(String id) {
    return steps(id).stream().max(Comparator.comparingLong(step -> EmrRequests.token(step.name())));
  }

  List<StepSummary> steps(String id) {
    return emr.listStepsPaginator(r -> r.clusterId(id)).steps().stream()
        .filter(step -> EmrRequests.token(step.name()) >= 0)
        .toList();
  }

  Optional<InstanceFleet> tasks(String id) {
    return emr.listInstanceFleetsPaginator(r -> r.clusterId(id)).instanceFleets().stream()
        .filter(fleet -> fleet.instanceFleetType() == InstanceFleetType.TASK)
        .findFirst();
  }

  private static int units(InstanceFleet fleet) {
    return fleet.targetSpotCapacity() + fleet.targetOnDemandCapacity();
  }

  private static State state(ClusterState state, Optional<StepSummary> job) {
    return switch (state) {
      case STARTING, BOOTSTRAPPING -> State.STARTING;
      case TERMINATING -> State.ENDING;
      case TERMINATED, TERMINATED_WITH_ERRORS -> State.ENDED;
      case RUNNING, WAITING -> job.map(step -> state(step.status().state())).orElse(State.JOBLESS);
      case UNKNOWN_TO_SDK_VERSION -> State.STARTING;
    };
  }

  private static State state(StepState step) {
    return switch (step) {
      case RUNNING -> State.RUNNING;
      case PENDING, CANCEL_PENDING, UNKNOWN_TO_SDK_VERSION -> State.STARTING;
      case COMPLETED, CANCELLED, FAILED, INTERRUPTED -> State.JOBLESS;
    };
  }

  private static String detail(ClusterStatus status, Optional<StepSummary> job) {
    var reason = status.stateChangeReason();
    String cluster =
        reason == null || reason.codeAsString() == null
            ? ""
            : reason.codeAsString() + (reason.message() == null ? "" : ": " + reason.message());
    return isOver(status.state()) || job.isEmpty()
        ? cluster
        : "step " + job.get().name() + " " + job.get().status().stateAsString();
  }

  private static Instant since(ClusterStatus status, Optional<StepSummary> job) {
    return job.flatMap(step -> Optional.ofNullable(step.status().timeline()))
        .flatMap(timeline -> Optional.ofNullable(timeline.creationDateTime()))
        .orElseGet(() -> status.timeline().creationDateTime());
  }
}
