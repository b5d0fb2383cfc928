// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The few calls of the SQS protocol (AWS JSON 1.0) that the servers make of each other. */
final class SqsCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  SqsCalls(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Makes a queue, or gives the one that is there these attributes. */
  void ensure(String queue, Map<String, String> attributes) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("QueueName", queue);
    ObjectNode values = body.putObject("Attributes");
    attributes.forEach(values::put);
    HttpResponse<String> answer = call("CreateQueue", body);
    if (answer.statusCode() == 200) return;
    if (!answer.body().contains("QueueAlreadyExists")
        && !answer.body().contains("QueueNameExists")) {
      throw refused("CreateQueue", queue, answer);
    }
    body.remove("QueueName");
    expect("SetQueueAttributes", queue, body.put("QueueUrl", url(queue)));
  }

  void send(String queue, String text) throws IOException {
    expect(
        "SendMessage",
        queue,
        JSON.createObjectNode().put("QueueUrl", url(queue)).put("MessageBody", text));
  }

  String attribute(String queue, String name) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("QueueUrl", url(queue));
    body.putArray("AttributeNames").add(name);
    JsonNode answer = JSON.readTree(expect("GetQueueAttributes", queue, body));
    return answer.path("Attributes").path(name).asText();
  }

  String url(String queue) {
    return endpoint + "/000000000000/" + queue;
  }

  private String expect(String action, String queue, ObjectNode body) throws IOException {
    HttpResponse<String> answer = call(action, body);
    if (answer.statusCode() != 200) throw refused(action, queue, answer);
    return answer.body();
  }

  private HttpResponse<String> call(String action, ObjectNode body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + action)
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while calling " + action, e);
    }
  }

  private static IOException refused(String action, String queue, HttpResponse<String> answer) {
    return new IOException(
        action
            + " of queue "
            + queue
            + " was refused: "
            + answer.statusCode()
            + " "
            + answer.body());
  }
}
