// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The REST submission server of a standalone master: a job -> a driver on one of its workers. */
final class SubmissionServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final StandaloneSettings settings;

  SubmissionServer(StandaloneSettings settings) {
    this.settings = settings;
  }

  /** The driver's id; absent while the master does not answer. */
  Optional<String> submit(ClusterFolder folder, long token) {
    return send(request(folder, "create").POST(body(folder, token)))
        .filter(answer -> answer.path("success").asBoolean())
        .map(answer -> answer.path("submissionId").asText());
  }

  /** RUNNING and its like; absent while the master does not answer. */
  Optional<String> state(ClusterFolder folder, String driver) {
    return send(request(folder, "status/" + driver).GET())
        .map(answer -> answer.path("driverState").asText("NOT_FOUND"));
  }

  void kill(ClusterFolder folder, String driver) {
    send(request(folder, "kill/" + driver).POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** Number of workers that have registered; absent while the master does not answer. */
  Optional<Integer> workers(ClusterFolder folder) {
    return send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + folder.get("web") + "/json/"))
            .timeout(PATIENCE)
            .GET())
        .map(answer -> answer.path("aliveworkers").asInt());
  }

  private static HttpRequest.Builder request(ClusterFolder folder, String call) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + folder.get("rest") + "/v1/submissions/" + call))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json;charset=UTF-8");
  }

  private Optional<JsonNode> send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return Optional.of(JSON.readTree(response.body()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private HttpRequest.BodyPublisher body(ClusterFolder folder, long token) {
    List<String> arguments = new ArrayList<>(settings.arguments());
    arguments.add("--aqueduct.aggregate.writer-token=" + token);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("action", "CreateSubmissionRequest");
    body.put("clientSparkVersion", "4.1.3");
    body.put("appResource", settings.jobJar().toUri().toString());
    body.put("mainClass", settings.mainClass());
    body.put("appArgs", arguments);
    body.put("environmentVariables", settings.environment());
    body.put("sparkProperties", properties(folder));
    try {
      return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> properties(ClusterFolder folder) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spark.app.name", folder.id());
    properties.put("spark.master", "spark://127.0.0.1:" + folder.get("master"));
    properties.put("spark.submit.deployMode", "cluster");
    properties.put("spark.driver.supervise", "true");
    properties.put("spark.jars", settings.jobJar().toUri().toString());
    properties.put("spark.driver.cores", "1");
    properties.put("spark.driver.memory", settings.memory().driver() + "m");
    properties.put("spark.executor.memory", settings.memory().executor() + "m");
    properties.put("spark.executor.cores", "1");
    properties.put("spark.driver.host", "127.0.0.1");
    properties.put("spark.driver.bindAddress", "127.0.0.1");
    properties.put("spark.driver.extraJavaOptions", options(folder, "driver"));
    properties.put("spark.executor.extraJavaOptions", options(folder, "executor"));
    settings
        .environment()
        .forEach((name, value) -> properties.put("spark.executorEnv." + name, value));
    return properties;
  }

  private String options(ClusterFolder folder, String part) {
    return String.join(
        " ",
        Stream.concat(
                Parts.mark(folder.path(), part).stream(),
                settings.jvmOptions().stream().filter(option -> option.startsWith("-XX:")))
            .toList());
  }
}
