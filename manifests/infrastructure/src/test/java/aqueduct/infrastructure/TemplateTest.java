// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every template that is made, and of the committed files. */
@SuppressWarnings("unchecked")
class TemplateTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?:\\.[A-Za-z]+)?}");
  private static final Manifests MANIFESTS =
      new Manifests(Path.of(System.getProperty("aqueduct.root")).resolve("manifests"));
  @TempDir Path directory;

  private static Map<String, Object> template(String... over) throws IOException {
    return CloudFormation.body(MANIFESTS.topology(List.of(over)), MANIFESTS.permissions());
  }

  private static Map<String, Map<String, Object>> resources(Map<String, Object> template) {
    return (Map<String, Map<String, Object>>) template.get("Resources");
  }

  private static List<Map<String, Object>> of(Map<String, Object> template, String type) {
    List<Map<String, Object>> found = new ArrayList<>();
    resources(template)
        .forEach(
            (id, resource) -> {
              if (resource.get("Type").equals(type)) {
                found.add((Map<String, Object>) resource.get("Properties"));
              }
            });
    return found;
  }

  @Test
  void the_committed_files_are_those_that_the_topology_makes() throws IOException {
    for (Map.Entry<Path, String> file : MANIFESTS.made().entrySet()) {
      assertThat(file.getKey())
          .as("out of date: run make manifests")
          .exists()
          .hasContent(file.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "on-ecs.yml", "fused.yml", "third-environment.yml"})
  void every_name_that_a_template_uses_is_in_it(String over) throws IOException {
    Map<String, Object> template = over.isEmpty() ? template() : template(over);
    Set<String> known = new TreeSet<>(resources(template).keySet());
    known.addAll(((Map<String, Object>) template.get("Parameters")).keySet());
    Set<String> used = new TreeSet<>();
    names(template, used);
    used.removeIf(name -> name.startsWith("AWS"));
    assertThat(known).containsAll(used);
  }

  private static void names(Object value, Set<String> used) {
    if (value instanceof List<?> list) list.forEach(item -> names(item, used));
    if (!(value instanceof Map<?, ?> map)) return;
    map.forEach(
        (key, inner) -> {
          switch (String.valueOf(key)) {
            case "Ref" -> used.add(String.valueOf(inner));
            case "Fn::GetAtt" -> used.add(String.valueOf(((List<?>) inner).get(0)));
            case "DependsOn" -> ((List<?>) inner).forEach(id -> used.add(String.valueOf(id)));
            case "Fn::Sub" -> {
              Matcher matcher = VARIABLE.matcher(String.valueOf(inner));
              while (matcher.find()) used.add(matcher.group(1));
            }
            default -> names(inner, used);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "on-ecs.yml", "fused.yml"})
  void no_role_may_do_everything_or_touch_everything(String over) throws IOException {
    Map<String, Object> template = over.isEmpty() ? template() : template(over);
    for (Map<String, Object> role : of(template, "AWS::IAM::Role")) {
      if (!role.containsKey("Policies")) continue; // AWS's own policy, to start a container
      for (Object policy : (List<Object>) role.get("Policies")) {
        Map<String, Object> document =
            (Map<String, Object>) ((Map<String, Object>) policy).get("PolicyDocument");
        for (Object statement : (List<Object>) document.get("Statement")) {
          Map<String, Object> allowed = (Map<String, Object>) statement;
          assertThat((List<String>) allowed.get("Action")).noneMatch(a -> a.contains("*"));
          assertThat(allowed.get("Resource")).isInstanceOf(Map.class);
        }
      }
    }
  }

  @Test
  void everything_stored_is_encrypted_and_reached_by_tls_alone() throws IOException {
    Map<String, Object> template = template("on-ecs.yml");
    assertThat(of(template, "AWS::SQS::Queue")).allMatch(q -> q.containsKey("KmsMasterKeyId"));
    assertThat(of(template, "AWS::Kinesis::Stream"))
        .allMatch(s -> s.containsKey("StreamEncryption"));
    assertThat(of(template, "AWS::DynamoDB::Table"))
        .allMatch(t -> t.containsKey("SSESpecification"));
    assertThat(of(template, "AWS::Logs::LogGroup")).allMatch(l -> l.containsKey("KmsKeyId"));
    assertThat(of(template, "AWS::S3::Bucket"))
        .allMatch(b -> b.containsKey("BucketEncryption"))
        .allMatch(b -> b.containsKey("PublicAccessBlockConfiguration"))
        .allMatch(b -> b.containsKey("LifecycleConfiguration"));
    assertThat(of(template, "AWS::SQS::QueuePolicy"))
        .hasSameSizeAs(of(template, "AWS::SQS::Queue"))
        .allMatch(p -> p.toString().contains("aws:SecureTransport"));
    assertThat(of(template, "AWS::S3::BucketPolicy"))
        .hasSameSizeAs(of(template, "AWS::S3::Bucket"))
        .allMatch(p -> p.toString().contains("aws:SecureTransport"));
  }

  @Test
  void lambda_reads_with_partial_answers_and_a_shard_is_never_blocked_for_ever()
      throws IOException {
    List<Map<String, Object>> sources = of(template(), "AWS::Lambda::EventSourceMapping");
    assertThat(sources)
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(s -> s.get("FunctionResponseTypes").equals(List.of("ReportBatchItemFailures")));
    assertThat(sources.stream().filter(s -> s.containsKey("StartingPosition")))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(s -> s.get("BisectBatchOnFunctionError").equals(true))
        .allMatch(s -> (int) s.get("MaximumRetryAttempts") > 0)
        .allMatch(s -> (long) s.get("MaximumRecordAgeInSeconds") < 86_400)
        .allMatch(s -> s.containsKey("DestinationConfig"));
  }

  @Test
  void a_queue_hides_a_message_for_longer_than_its_function_may_run() throws IOException {
    Map<String, Map<String, Object>> resources = resources(template());
    Map<String, Object> function =
        (Map<String, Object>) resources.get("StreamifyFunction").get("Properties");
    Map<String, Object> queue =
        (Map<String, Object>) resources.get("FilesToStreamProductionQueue").get("Properties");
    assertThat((long) queue.get("VisibilityTimeout")).isEqualTo(6 * (long) function.get("Timeout"));
  }

  @Test
  void one_property_moves_an_element_from_lambda_to_ecs_and_nothing_else() throws IOException {
    Path over = directory.resolve("enrich-on-ecs.yml");
    Files.writeString(over, "aqueduct.elements.enrich.runs-on: ecs\n");
    Topology moved =
        aqueduct.topology.TopologyReader.read(
            Path.of(System.getProperty("aqueduct.root")).resolve("manifests/topology.yml"),
            List.of(over));

    Set<String> before = resources(template()).keySet();
    Set<String> after = resources(CloudFormation.body(moved, MANIFESTS.permissions())).keySet();

    Set<String> gone = new TreeSet<>(before);
    gone.removeAll(after);
    Set<String> come = new TreeSet<>(after);
    come.removeAll(before);
    assertThat(gone)
        .containsExactly(
            "EnrichErrorsAlarm",
            "EnrichFunction",
            "EnrichFunctionFromRawLogs",
            "RawLogsGivenUpFilledAlarm",
            "RawLogsGivenUpQueue",
            "RawLogsGivenUpQueuePolicy");
    assertThat(come)
        .containsExactly(
            "CheckpointsTable",
            "Cluster",
            "EnrichScaling",
            "EnrichScalingByRawLogs",
            "EnrichService",
            "EnrichTask",
            "LocksTable",
            "StartRole");
  }

  @Test
  void a_fused_pipe_has_no_stream_and_its_reader_no_function() throws IOException {
    Map<String, Map<String, Object>> fused = resources(template("fused.yml"));
    assertThat(fused).doesNotContainKeys("RawLogsStream", "EnrichFunction", "EnrichRole");
    assertThat(fused.get("StreamifyRole").toString())
        .contains("EnrichedLogsStream")
        .doesNotContain("RawLogsStream");
    assertThat(fused.get("StreamifyFunction").toString()).contains("/fused-fn:");
  }

  @Test
  void a_third_environment_is_a_queue_more_that_the_router_may_write() throws IOException {
    Map<String, Map<String, Object>> three = resources(template("third-environment.yml"));
    assertThat(three).containsKeys("FilesToStreamStagingQueue", "FilesToStreamStagingDlqQueue");
    assertThat(three.get("RouterRole").toString()).contains("FilesToStreamStagingQueue");
  }

  @Test
  void a_pipe_that_names_an_element_that_is_not_declared_is_refused() throws IOException {
    Path over = directory.resolve("typo.yml");
    Files.writeString(over, "aqueduct.pipes.raw-logs: {kind: kinesis, to: [enrrich]}\n");
    Topology topology =
        aqueduct.topology.TopologyReader.read(
            Path.of(System.getProperty("aqueduct.root")).resolve("manifests/topology.yml"),
            List.of(over));

    assertThatThrownBy(() -> CloudFormation.body(topology, MANIFESTS.permissions()))
        .hasMessageContaining("[enrrich]");
  }

  @Test
  void both_generations_of_cloudfront_s_logs_may_be_delivered() throws IOException {
    Map<String, Object> template = template();
    assertThat(resources(template)).containsKeys("LogSource", "LogDestination", "LogDelivery");
    assertThat(resources(template).get("IngestBucket").toString()).contains("BucketOwnerPreferred");
    assertThat(((Map<String, Object>) template.get("Outputs"))).containsKey("IngestBucketDomain");
  }
}
