// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lambda's side of the runtime API (version 2018-06-01) on loopback: hands events to the runtime
 * that fetches them, and takes its answers. Like Lambda it gives one event at a time to a runtime,
 * tells it its deadline, and stops waiting at it; ending the process is then the caller's part.
 */
public final class LocalRuntimeApi implements AutoCloseable {
  private static final String NEXT = "/2018-06-01/runtime/invocation/next";
  private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CompletableFuture<String> initError = new CompletableFuture<>();

  private record Event(String id, byte[] body, Instant deadline) {}

  /** What became of an invocation. */
  public record Outcome(Kind kind, String body) {}

  public enum Kind {
    ANSWERED,
    FAILED,
    TIMED_OUT
  }

  private LocalRuntimeApi(HttpServer server) {
    this.server = server;
  }

  public static LocalRuntimeApi start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    LocalRuntimeApi api = new LocalRuntimeApi(server);
    server.createContext("/", api::answer);
    server.setExecutor(api.threads);
    server.start();
    return api;
  }

  /** The value of AWS_LAMBDA_RUNTIME_API. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether the runtime has asked for its first event by then. */
  public boolean isReadyWithin(Duration limit) throws InterruptedException {
    return ready.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the runtime said instead of asking for an event. */
  public Optional<String> initError() {
    return Optional.ofNullable(initError.getNow(null));
  }

  public Outcome invoke(byte[] event, Duration timeout) throws InterruptedException {
    String id = "invocation-" + ids.incrementAndGet();
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    waiting.put(id, outcome);
    events.add(new Event(id, event, Instant.now().plus(timeout)));
    try {
      return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome(Kind.TIMED_OUT, "");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      waiting.remove(id);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.equals(NEXT)) {
        next(exchange);
      } else {
        take(path, new String(body, java.nio.charset.StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(202, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(String path, String body) {
    if (path.equals(INIT_ERROR)) {
      initError.complete(body);
      return;
    }
    String[] parts = path.split("/", -1);
    CompletableFuture<Outcome> outcome = waiting.get(parts[4]);
    if (outcome != null) {
      outcome.complete(
          new Outcome(parts[5].equals("response") ? Kind.ANSWERED : Kind.FAILED, body));
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.countDown();
    Event event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", event.id());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadline().toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-west-1:000000000000:function:element");
    exchange.sendResponseHeaders(200, event.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(event.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
