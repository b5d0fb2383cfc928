// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Progress -> {@code /health} (200, or 503 after a failed try) and {@code /metrics} (Prometheus
 * text) on loopback. The JDK's own server, since Spark's and Spring Boot's servlet versions do not
 * go together.
 */
final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final Progress progress;
  private final Clock clock;

  private HealthServer(HttpServer server, Progress progress, Clock clock) {
    this.server = server;
    this.progress = progress;
    this.clock = clock;
  }

  static HealthServer start(int port, Progress progress, Clock clock) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    HealthServer server = new HealthServer(http, progress, clock);
    http.createContext("/health", server::health);
    http.createContext("/metrics", server::metrics);
    http.start();
    return server;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void health(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        progress.healthy() ? 200 : 503,
        "application/json",
        json(progress.health(clock.instant())));
  }

  private static String json(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + json(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}\n"));
  }

  private static String json(Object value) {
    return value instanceof Number
        ? value.toString()
        : '"' + value.toString().replaceAll("[\"\\\\\\p{Cntrl}]", " ") + '"';
  }

  private void metrics(HttpExchange exchange) throws IOException {
    StringBuilder text = new StringBuilder();
    progress
        .numbers(clock.instant())
        .forEach(
            (name, value) ->
                text.append("# TYPE ")
                    .append(name)
                    .append(name.endsWith("_total") ? " counter\n" : " gauge\n")
                    .append(name)
                    .append(' ')
                    .append(value)
                    .append('\n'));
    answer(exchange, 200, "text/plain; version=0.0.4", text.toString());
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
