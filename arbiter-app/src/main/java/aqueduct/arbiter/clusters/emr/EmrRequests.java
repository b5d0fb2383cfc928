// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.LaunchSpec;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetProvisioningSpecifications;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.OnDemandProvisioningAllocationStrategy;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningAllocationStrategy;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;
import software.amazon.awssdk.services.emr.model.StepConfig;

/**
 * A launch -> the request. Primary and core machines are on demand, since with them the cluster
 * dies; the units are the task fleet. A step that ends leaves the cluster, which is then jobless
 * and gets it anew.
 */
final class EmrRequests {
  private static final String STEP = "aggregate-";
  private final EmrSettings settings;

  EmrRequests(EmrSettings settings) {
    this.settings = settings;
  }

  RunJobFlowRequest run(Launch launch) {
    RunJobFlowRequest.Builder request =
        RunJobFlowRequest.builder()
            .name(settings.clusterName(launch.launchId()))
            .releaseLabel(settings.releaseLabel())
            .applications(Application.builder().name("Spark").build())
            .serviceRole(settings.serviceRole())
            .jobFlowRole(settings.instanceProfile())
            .visibleToAllUsers(true)
            .tags(ClusterTags.of(launch, settings.environment()))
            .instances(instances(launch))
            .steps(step(launch.token()));
    return settings.logUri().isEmpty()
        ? request.build()
        : request.logUri(settings.logUri()).build();
  }

  private JobFlowInstancesConfig instances(Launch launch) {
    return JobFlowInstancesConfig.builder()
        .ec2SubnetIds(settings.subnet(launch.spec().zone()))
        .keepJobFlowAliveWhenNoSteps(true)
        .terminationProtected(false)
        .instanceFleets(
            onDemand(InstanceFleetType.MASTER), onDemand(InstanceFleetType.CORE), tasks(launch))
        .build();
  }

  private InstanceFleetConfig onDemand(InstanceFleetType type) {
    return InstanceFleetConfig.builder()
        .name(type.toString().toLowerCase(java.util.Locale.ROOT))
        .instanceFleetType(type)
        .targetOnDemandCapacity(1)
        .instanceTypeConfigs(InstanceTypeConfig.builder().instanceType(settings.coreType()).build())
        .build();
  }

  private InstanceFleetConfig tasks(Launch launch) {
    LaunchSpec spec = launch.spec();
    InstanceFleetConfig.Builder fleet =
        InstanceFleetConfig.builder()
            .name("task")
            .instanceFleetType(InstanceFleetType.TASK)
            .instanceTypeConfigs(
                spec.instanceTypes().stream()
                    .map(
                        type ->
                            InstanceTypeConfig.builder()
                                .instanceType(type)
                                .weightedCapacity(1)
                                .build())
                    .toList());
    return spec.spot()
        ? fleet.targetSpotCapacity(launch.units()).launchSpecifications(spot()).build()
        : fleet.targetOnDemandCapacity(launch.units()).launchSpecifications(demand()).build();
  }

  private InstanceFleetProvisioningSpecifications spot() {
    return InstanceFleetProvisioningSpecifications.builder()
        .spotSpecification(
            s ->
                s.allocationStrategy(SpotProvisioningAllocationStrategy.PRICE_CAPACITY_OPTIMIZED)
                    .timeoutAction(SpotProvisioningTimeoutAction.TERMINATE_CLUSTER)
                    .timeoutDurationMinutes((int) settings.spotPatience().toMinutes()))
        .build();
  }

  private static InstanceFleetProvisioningSpecifications demand() {
    return InstanceFleetProvisioningSpecifications.builder()
        .onDemandSpecification(
            s -> s.allocationStrategy(OnDemandProvisioningAllocationStrategy.LOWEST_PRICE))
        .build();
  }

  StepConfig step(long token) {
    List<String> arguments = new ArrayList<>(List.of("spark-submit", "--deploy-mode", "cluster"));
    arguments.addAll(settings.submit());
    arguments.add("--aqueduct.aggregate.writer-token=" + token);
    return StepConfig.builder()
        .name(STEP + token)
        .actionOnFailure(ActionOnFailure.CONTINUE)
        .hadoopJarStep(jar -> jar.jar("command-runner.jar").args(arguments))
        .build();
  }

  /** The writer token of a step of ours, or -1. */
  static long token(String stepName) {
    return stepName.matches(STEP + "[0-9]{1,18}")
        ? Long.parseLong(stepName.substring(STEP.length()))
        : -1;
  }
}
