// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * EMR's API over HTTP, as its reference describes it: JSON 1.1, two clusters a page, lists that may
 * lag behind, errors in the service's own form when a test asks for them. Never laxer than EMR: an
 * unknown cluster is an InvalidRequestException, and a launch never looks for one of its name.
 */
final class FakeEmr implements AutoCloseable {
  private static final int PAGE = 2;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  final Map<String, ObjectNode> clusters = new LinkedHashMap<>();
  final Map<String, ArrayNode> steps = new HashMap<>();
  final Map<String, ArrayNode> fleets = new HashMap<>();
  final Map<String, List<String>> machines = new HashMap<>();
  final List<String> calls = new ArrayList<>();
  final List<JsonNode> requests = new ArrayList<>();
  final List<String> unlisted = new ArrayList<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private int made;

  /** How a call goes wrong. */
  enum Fault {
    THROTTLED,
    BROKEN_AFTER_EFFECT
  }

  FakeEmr() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next so many calls of that name go wrong. */
  void fail(String call, Fault fault, int times) {
    for (int i = 0; i < times; i++) {
      faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(fault);
    }
  }

  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*[.]", "");
    JsonNode request = json.readTree(exchange.getRequestBody());
    calls.add(call);
    requests.add(request);
    Deque<Fault> waiting = faults.getOrDefault(call, new ArrayDeque<>());
    Fault fault = waiting.poll();
    if (fault == Fault.THROTTLED) {
      answer(exchange, 400, error("ThrottlingException", "Rate exceeded"));
      return;
    }
    ObjectNode answer = dispatch(call, request);
    if (fault == Fault.BROKEN_AFTER_EFFECT) {
      answer(exchange, 500, error("InternalFailure", "it may have happened"));
    } else {
      answer(exchange, answer.has("__type") ? 400 : 200, answer);
    }
  }

  private ObjectNode dispatch(String call, JsonNode request) {
    String id = request.path("ClusterId").asText(request.path("JobFlowId").asText());
    if (!id.isEmpty() && !clusters.containsKey(id)) {
      return error("InvalidRequestException", "Cluster id '" + id + "' is not valid.");
    }
    ObjectNode answer = json.createObjectNode();
    switch (call) {
      case "ListClusters" -> list(request, answer);
      case "DescribeCluster" -> answer.set("Cluster", clusters.get(id));
      case "ListSteps" -> answer.set("Steps", steps.get(id));
      case "ListInstanceFleets" -> answer.set("InstanceFleets", fleets.get(id));
      case "ListInstances" -> {
        ArrayNode list = answer.putArray("Instances");
        machines.getOrDefault(id, List.of()).forEach(m -> list.addObject().put("Ec2InstanceId", m));
      }
      case "RunJobFlow" -> answer.put("JobFlowId", run(request));
      case "AddJobFlowSteps" -> request.path("Steps").forEach(step -> addStep(id, step));
      case "ModifyInstanceFleet" -> modify(id, request.path("InstanceFleet"));
      case "TerminateJobFlows" ->
          request.path("JobFlowIds").forEach(gone -> state(gone.asText(), "TERMINATING", ""));
      default -> throw new IllegalStateException("no call " + call);
    }
    return answer;
  }

  private void list(JsonNode request, ObjectNode answer) {
    List<ObjectNode> found = new ArrayList<>();
    clusters.forEach(
        (id, cluster) ->
            request
                .path("ClusterStates")
                .forEach(
                    state -> {
                      boolean right = state.asText().equals(cluster.at("/Status/State").asText());
                      if (right && !unlisted.contains(id)) {
                        found.add(cluster);
                      }
                    }));
    int from = request.path("Marker").asInt(0);
    ArrayNode page = answer.putArray("Clusters");
    found.stream().skip(from).limit(PAGE).forEach(page::add);
    if (found.size() > from + PAGE) {
      answer.put("Marker", Integer.toString(from + PAGE));
    }
  }

  private String run(JsonNode request) {
    String id = "j-" + ++made;
    ObjectNode cluster = json.createObjectNode();
    cluster.put("Id", id).put("Name", request.path("Name").asText());
    cluster.set("Tags", request.path("Tags"));
    clusters.put(id, cluster);
    state(id, "STARTING", "");
    steps.put(id, json.createArrayNode());
    request.path("Steps").forEach(step -> addStep(id, step));
    ArrayNode list = json.createArrayNode();
    request
        .at("/Instances/InstanceFleets")
        .forEach(
            fleet -> {
              ObjectNode made = fleet.deepCopy();
              made.put("Id", "if-" + list.size());
              made.put("TargetSpotCapacity", fleet.path("TargetSpotCapacity").asInt(0));
              made.put("TargetOnDemandCapacity", fleet.path("TargetOnDemandCapacity").asInt(0));
              list.add(made);
            });
    fleets.put(id, list);
    return id;
  }

  void state(String id, String state, String reason) {
    ObjectNode status = json.createObjectNode().put("State", state);
    status.putObject("StateChangeReason").put("Code", reason);
    status
        .putObject("Timeline")
        .put("CreationDateTime", 1_700_000_000.0)
        .put("EndDateTime", 1_700_000_600.0);
    clusters.get(id).set("Status", status);
  }

  private void addStep(String id, JsonNode step) {
    ObjectNode made = json.createObjectNode();
    made.put("Id", "s-" + steps.get(id).size()).put("Name", step.path("Name").asText());
    made.putObject("Status").put("State", "PENDING");
    steps.get(id).insert(0, made); // EMR lists the newest first
  }

  void step(String id, int index, String state) {
    ((ObjectNode) steps.get(id).get(index).path("Status")).put("State", state);
  }

  private void modify(String id, JsonNode change) {
    fleets
        .get(id)
        .forEach(
            fleet -> {
              if (fleet.path("Id").equals(change.path("InstanceFleetId"))) {
                ((ObjectNode) fleet).setAll((ObjectNode) change);
              }
            });
  }

  private ObjectNode error(String type, String message) {
    return json.createObjectNode().put("__type", type).put("message", message);
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode body)
      throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
