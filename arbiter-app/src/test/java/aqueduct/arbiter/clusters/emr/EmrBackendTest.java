// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.arbiter.clusters.RefusedException;
import aqueduct.arbiter.clusters.emr.FakeEmr.Fault;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.LaunchSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.EmrException;

/** The real client, over HTTP, against {@link FakeEmr}. Row 51 of the fault catalogue. */
class EmrBackendTest {
  private static final LaunchSpec SPOT =
      new LaunchSpec("general-a", List.of("m6g.xlarge", "m7g.xlarge"), "a", true, 0.24);
  private static final LaunchSpec DEMAND =
      new LaunchSpec("on-demand", List.of("m6g.xlarge"), "", false, 0.24);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_001_000);
  private FakeEmr fake;
  private EmrClient emr;
  private EmrClient launching;
  private EmrBackend backend;
  private Map<String, Instant> notices = Map.of();

  @BeforeEach
  void start() throws IOException {
    fake = new FakeEmr();
    emr = client(2);
    launching = client(1);
    EmrSettings settings =
        new EmrSettings(
            "test",
            "emr-spark-8.0.0",
            Map.of("a", "subnet-a", "any", "subnet-x"),
            "service",
            "profile",
            "s3://logs/",
            "m6g.xlarge",
            Duration.ofMinutes(10),
            List.of("--class", "aqueduct.aggregate.AggregateApplication", "s3://jars/job.jar"));
    backend =
        new EmrBackend(emr, launching, settings, () -> notices, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private EmrClient client(int attempts) {
    return EmrClient.builder()
        .endpointOverride(fake.endpoint())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .overrideConfiguration(
            c ->
                c.retryStrategy(
                    DefaultRetryStrategy.standardStrategyBuilder()
                        .maxAttempts(attempts)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build()))
        .build();
  }

  @AfterEach
  void stop() {
    launching.close();
    emr.close();
    fake.close();
  }

  private static Launch launch(int number, LaunchSpec spec) {
    return new Launch("launch-" + number, spec, number, 3);
  }

  @Test
  void a_launch_becomes_fleets_a_step_and_tags() {
    backend.launch(launch(7, SPOT));
    JsonNode request = fake.requests.get(fake.requests.size() - 1);
    assertThat(request.path("Name").asText()).isEqualTo("aqueduct-test-launch-7");
    assertThat(request.at("/Instances/Ec2SubnetIds/0").asText()).isEqualTo("subnet-a");
    JsonNode tasks = request.at("/Instances/InstanceFleets/2");
    assertThat(tasks.path("TargetSpotCapacity").asInt()).isEqualTo(3);
    assertThat(tasks.path("InstanceTypeConfigs").findValuesAsText("InstanceType"))
        .containsExactly("m6g.xlarge", "m7g.xlarge");
    assertThat(tasks.at("/LaunchSpecifications/SpotSpecification/TimeoutAction").asText())
        .isEqualTo("TERMINATE_CLUSTER");
    assertThat(request.at("/Instances/InstanceFleets/0/TargetOnDemandCapacity").asInt())
        .as("the primary machine is never spot")
        .isEqualTo(1);
    assertThat(request.at("/Steps/0/Name").asText()).isEqualTo("aggregate-7");
    assertThat(request.at("/Steps/0/ActionOnFailure").asText()).isEqualTo("CONTINUE");
    List<String> arguments = new java.util.ArrayList<>();
    request.at("/Steps/0/HadoopJarStep/Args").forEach(a -> arguments.add(a.asText()));
    assertThat(arguments)
        .startsWith("spark-submit", "--deploy-mode", "cluster")
        .endsWith("s3://jars/job.jar", "--aqueduct.aggregate.writer-token=7");
    backend.launch(launch(8, DEMAND));
    JsonNode demand = fake.requests.get(fake.requests.size() - 1).at("/Instances/InstanceFleets/2");
    assertThat(demand.path("TargetOnDemandCapacity").asInt()).isEqualTo(3);
    assertThat(demand.has("TargetSpotCapacity")).isFalse();
  }

  @Test
  void the_same_launch_twice_is_one_cluster() {
    backend.launch(launch(1, SPOT));
    backend.launch(launch(1, SPOT));
    assertThat(fake.count("RunJobFlow")).isEqualTo(1);
  }

  @Test
  void a_launch_whose_answer_was_lost_is_found_again_by_its_name() {
    fake.fail("RunJobFlow", Fault.BROKEN_AFTER_EFFECT, 1);
    assertThatThrownBy(() -> backend.launch(launch(1, SPOT))).isInstanceOf(EmrException.class);
    backend.launch(launch(1, SPOT));
    assertThat(fake.count("RunJobFlow")).as("no client retries a launch").isEqualTo(1);
    assertThat(backend.list()).extracting(Cluster::launchId).containsExactly("launch-1");
  }

  @Test
  void clusters_of_many_pages_are_all_seen_with_state_token_and_size() {
    for (int i = 1; i <= 7; i++) {
      backend.launch(launch(i, SPOT));
    }
    fake.state("j-1", "RUNNING", "");
    fake.step("j-1", 0, "RUNNING");
    fake.state("j-2", "WAITING", "");
    fake.step("j-2", 0, "FAILED");
    fake.state("j-3", "BOOTSTRAPPING", "");
    fake.state("j-4", "TERMINATED_WITH_ERRORS", "INSTANCE_FLEET_TIMEOUT");
    fake.state("j-5", "TERMINATING", "USER_REQUEST");
    List<Cluster> clusters = backend.list();
    assertThat(clusters).hasSize(7);
    assertThat(clusters.stream().sorted(java.util.Comparator.comparing(Cluster::id)))
        .extracting(Cluster::state)
        .containsExactly(
            State.RUNNING,
            State.JOBLESS,
            State.STARTING,
            State.ENDED,
            State.ENDING,
            State.STARTING,
            State.STARTING);
    Cluster first = clusters.stream().filter(c -> c.id().equals("j-1")).findFirst().orElseThrow();
    assertThat(first.launchId()).isEqualTo("launch-1");
    assertThat(first.spec()).isEqualTo("general-a");
    assertThat(first.token()).isEqualTo(1);
    assertThat(first.units()).isEqualTo(3);
    Cluster failed = clusters.stream().filter(c -> c.id().equals("j-4")).findFirst().orElseThrow();
    assertThat(failed.detail()).isEqualTo("INSTANCE_FLEET_TIMEOUT");
  }

  @Test
  void what_ended_long_ago_or_is_of_another_environment_is_left_out() {
    backend.launch(launch(1, SPOT));
    fake.state("j-1", "TERMINATED", "USER_REQUEST");
    EmrBackend later =
        new EmrBackend(
            emr,
            emr,
            new EmrSettings("test", "r", Map.of(), "s", "p", "", "t", Duration.ZERO, List.of()),
            Map::of,
            Clock.fixed(NOW.plusSeconds(7200), ZoneOffset.UTC));
    assertThat(backend.list()).hasSize(1);
    assertThat(later.list()).isEmpty();
    EmrBackend other =
        new EmrBackend(
            emr,
            emr,
            new EmrSettings("prod", "r", Map.of(), "s", "p", "", "t", Duration.ZERO, List.of()),
            Map::of,
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(other.list()).isEmpty();
  }

  @Test
  void a_throttled_question_is_tried_again_and_a_throttled_launch_is_refused_without_effect() {
    fake.fail("ListClusters", Fault.THROTTLED, 1);
    backend.launch(launch(1, SPOT));
    fake.fail("RunJobFlow", Fault.THROTTLED, 1);
    assertThatThrownBy(() -> backend.launch(launch(2, SPOT)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("EMR refuses a launch")
        .hasMessageContaining("Rate exceeded");
    assertThat(fake.clusters).hasSize(1);
  }

  @Test
  void a_list_of_which_one_part_is_refused_is_no_list() {
    backend.launch(launch(1, SPOT));
    backend.launch(launch(2, SPOT));
    for (String call :
        List.of("ListClusters", "DescribeCluster", "ListSteps", "ListInstanceFleets")) {
      fake.fail(call, Fault.THROTTLED, 2);
      assertThatThrownBy(backend::list).as(call).isInstanceOf(RefusedException.class);
      assertThat(backend.list()).as("after " + call).hasSize(2);
    }
  }

  @Test
  void a_cluster_that_is_gone_between_the_list_and_the_question_is_left_out() {
    backend.launch(launch(1, SPOT));
    backend.launch(launch(2, SPOT));
    fake.clusters.put("j-9", fake.clusters.get("j-1").deepCopy().put("Id", "j-99"));
    assertThat(backend.list()).extracting(Cluster::id).containsExactlyInAnyOrder("j-1", "j-2");
  }

  @Test
  void a_list_that_lags_behind_makes_a_second_cluster_of_the_same_launch_and_never_another() {
    backend.launch(launch(1, SPOT));
    fake.unlisted.add("j-1");
    assertThat(backend.list()).isEmpty();
    backend.launch(launch(1, SPOT));
    fake.unlisted.clear();
    assertThat(backend.list())
        .extracting(Cluster::launchId)
        .containsExactly("launch-1", "launch-1");
  }

  @Test
  void a_lost_job_comes_back_as_a_step_once_and_its_token_counts() {
    backend.launch(launch(1, SPOT));
    fake.state("j-1", "WAITING", "");
    fake.step("j-1", 0, "FAILED");
    backend.resubmit("j-1", 5);
    backend.resubmit("j-1", 5);
    assertThat(fake.count("AddJobFlowSteps")).isEqualTo(1);
    Cluster cluster = backend.list().get(0);
    assertThat(cluster.token()).isEqualTo(5);
    assertThat(cluster.state()).isEqualTo(State.STARTING);
    fake.step("j-1", 0, "RUNNING");
    assertThat(backend.list().get(0).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_resize_changes_the_task_fleet_in_its_own_market_and_an_end_ends() {
    backend.launch(launch(1, SPOT));
    backend.resize("j-1", 5);
    assertThat(backend.list().get(0).units()).isEqualTo(5);
    assertThat(fake.fleets.get("j-1").get(2).path("TargetSpotCapacity").asInt()).isEqualTo(5);
    backend.end("j-1");
    assertThat(backend.list().get(0).state()).isEqualTo(State.ENDING);
  }

  @Test
  void a_notice_for_half_of_the_task_machines_is_one_for_the_cluster_and_for_fewer_it_is_not() {
    backend.launch(launch(1, SPOT));
    fake.machines.put("j-1", List.of("i-1", "i-2", "i-3"));
    notices = Map.of("i-2", NOW, "i-99", NOW);
    assertThat(backend.list().get(0).interruption()).isEmpty();
    notices = Map.of("i-2", NOW.plusSeconds(5), "i-3", NOW);
    assertThat(backend.list().get(0).interruption()).contains(NOW);
  }

  @Test
  void notices_are_read_from_what_eventbridge_sends_and_nothing_else() {
    assertThat(
            SpotNotices.machine(
                "{\"detail-type\":\"EC2 Spot Instance Interruption"
                    + " Warning\",\"detail\":{\"instance-id\":\"i-1\"}}"))
        .isEqualTo("i-1");
    assertThat(SpotNotices.machine("{\"detail-type\":\"EC2 Instance State-change\"}")).isEmpty();
    assertThat(SpotNotices.machine("nonsense")).isEmpty();
  }
}
