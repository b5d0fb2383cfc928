// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.arbiter.clusters.RefusedException;
import aqueduct.arbiter.decision.Action.Launch;
import aqueduct.arbiter.decision.Cluster;
import aqueduct.arbiter.decision.Cluster.State;
import aqueduct.arbiter.decision.LaunchSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** The real client against an emulated API: one run a page, client tokens, throttling. */
class ServerlessBackendTest {
  private static final LaunchSpec SPEC = new LaunchSpec("serverless", List.of(), "", false, 0.3);
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, ObjectNode> runs = new LinkedHashMap<>();
  private final Map<String, String> byToken = new LinkedHashMap<>();
  private int throttled;
  private HttpServer server;
  private EmrServerlessClient client;
  private ServerlessBackend backend;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/applications/app/jobruns", this::handle);
    server.start();
    client =
        EmrServerlessClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .overrideConfiguration(c -> c.retryStrategy(b -> b.maxAttempts(1)))
            .build();
    backend =
        new ServerlessBackend(
            client,
            new ServerlessSettings(
                "test",
                "app",
                "arn:aws:iam::1:role/job",
                "s3://jars/job.jar",
                List.of("--a=b"),
                "--class X",
                5),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceAll(".*/jobruns/?", "");
    if (throttled > 0) {
      throttled--;
      exchange.getResponseHeaders().set("x-amzn-ErrorType", "ThrottlingException");
      answer(exchange, 429, json.createObjectNode().put("message", "Rate exceeded"));
    } else if (exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 200, run(json.readTree(exchange.getRequestBody())));
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      runs.get(path).put("state", "CANCELLING");
      answer(exchange, 200, json.createObjectNode());
    } else if (path.isEmpty()) {
      answer(exchange, 200, page(exchange.getRequestURI().getQuery()));
    } else {
      ObjectNode answer = json.createObjectNode();
      answer.set("jobRun", runs.get(path));
      answer(exchange, 200, answer);
    }
  }

  private ObjectNode run(JsonNode request) {
    String token = request.path("clientToken").asText();
    String id = byToken.computeIfAbsent(token, t -> "run" + runs.size());
    runs.computeIfAbsent(
        id,
        i -> {
          ObjectNode run = ((ObjectNode) request).deepCopy();
          run.put("jobRunId", i).put("id", i).put("state", "SUBMITTED").put("stateDetails", "");
          double now = System.currentTimeMillis() / 1000.0;
          return run.put("createdAt", now).put("updatedAt", now);
        });
    return json.createObjectNode().put("applicationId", "app").put("jobRunId", id);
  }

  private ObjectNode page(String query) {
    int from =
        query.contains("nextToken=")
            ? Integer.parseInt(query.replaceAll(".*nextToken=(\\d+).*", "$1"))
            : 0;
    ObjectNode answer = json.createObjectNode();
    runs.values().stream().skip(from).limit(1).forEach(answer.putArray("jobRuns")::add);
    return from + 1 < runs.size() ? answer.put("nextToken", Integer.toString(from + 1)) : answer;
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode body)
      throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void a_launch_is_one_streaming_run_however_often_it_is_asked_for() {
    backend.launch(new Launch("launch-3", SPEC, 3, 4));
    backend.launch(new Launch("launch-3", SPEC, 3, 4));
    assertThat(runs).hasSize(1);
    ObjectNode run = runs.get("run0");
    assertThat(run.path("mode").asText()).isEqualTo("STREAMING");
    assertThat(run.at("/retryPolicy/maxFailedAttemptsPerHour").asInt()).isEqualTo(5);
    List<String> arguments = new ArrayList<>();
    run.at("/jobDriver/sparkSubmit/entryPointArguments").forEach(a -> arguments.add(a.asText()));
    assertThat(arguments).containsExactly("--a=b", "--aqueduct.aggregate.writer-token=3");
    assertThat(run.at("/jobDriver/sparkSubmit/sparkSubmitParameters").asText())
        .isEqualTo("--class X --conf spark.executor.instances=4");
  }

  @Test
  void runs_of_all_pages_are_seen_with_their_state_and_what_is_cancelled_is_ending() {
    for (int i = 1; i <= 4; i++) {
      backend.launch(new Launch("launch-" + i, SPEC, i, 2));
    }
    runs.get("run0").put("state", "RUNNING");
    runs.get("run1").put("state", "FAILED").put("stateDetails", "out of attempts");
    backend.end("run2");
    List<Cluster> clusters = backend.list();
    assertThat(clusters)
        .extracting(Cluster::state)
        .containsExactly(State.RUNNING, State.ENDED, State.ENDING, State.STARTING);
    assertThat(clusters.get(0).token()).isEqualTo(1);
    assertThat(clusters.get(0).units()).isEqualTo(2);
    assertThat(clusters.get(1).detail()).isEqualTo("out of attempts");
  }

  @Test
  void throttling_is_a_refusal_and_an_incomplete_list_is_none() {
    throttled = 1;
    assertThatThrownBy(() -> backend.launch(new Launch("launch-1", SPEC, 1, 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("EMR Serverless refuses a launch");
    assertThat(runs).isEmpty();
    backend.launch(new Launch("launch-1", SPEC, 1, 1));
    throttled = 1;
    assertThatThrownBy(backend::list).isInstanceOf(RefusedException.class);
  }
}
