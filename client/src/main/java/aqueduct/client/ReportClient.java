// SPDX-License-Identifier: Apache-2.0
package aqueduct.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A question to report-app -> its answer as JSON (docs/metrics.md says what the numbers mean). */
public final class ReportClient {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final URI base;

  /** Of the form {@code http://127.0.0.1:8080}. */
  public ReportClient(URI base) {
    this.base = base;
  }

  /** The reports with their dimensions, and the days that hold metrics. */
  public JsonNode reports() throws IOException, InterruptedException {
    return get("/api/reports");
  }

  /** How fresh the numbers are, and whether every line is accounted for. */
  public JsonNode status() throws IOException, InterruptedException {
    return get("/api/status");
  }

  /**
   * One report.
   *
   * @param question parameters of the API, such as {@code from}, {@code to}, {@code by}
   * @throws IOException with the server's own words if it refuses the question
   */
  public JsonNode report(String name, Map<String, String> question)
      throws IOException, InterruptedException {
    String query =
        question.entrySet().stream()
            .map(part -> encoded(part.getKey()) + "=" + encoded(part.getValue()))
            .sorted()
            .collect(Collectors.joining("&"));
    return get("/api/reports/" + encoded(name) + (query.isEmpty() ? "" : "?" + query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(
          base.resolve(path)
              + " answered "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body());
  }
}
