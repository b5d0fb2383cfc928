// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3;

import aqueduct.servers.SdkClients;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A server with the buckets "ingest", which notifies "arrived-files", and "backup", which notifies
 * nobody.
 */
abstract class OnS3 {
  @TempDir Path data;
  final List<String> sent = new CopyOnWriteArrayList<>();
  S3Server server;
  S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server =
        S3Server.start(
            data,
            0,
            "us-east-1",
            Clock.systemUTC(),
            Map.of("ingest", "arrived-files", "backup", ""),
            (queue, body) -> sent.add(queue + " " + body));
    s3 = SdkClients.s3(server.endpoint());
  }

  @AfterEach
  void stop() {
    s3.close();
    server.close();
  }

  void restart() throws IOException {
    stop();
    start();
  }

  String put(String key, String text) {
    return s3.putObject(b -> b.bucket("ingest").key(key), RequestBody.fromString(text)).eTag();
  }

  String text(String key) {
    return s3.getObjectAsBytes(b -> b.bucket("ingest").key(key)).asUtf8String();
  }

  /** URL-encoded, as XML cannot carry every character; the SDK decodes. */
  List<String> keys() {
    return s3
        .listObjectsV2Paginator(b -> b.bucket("ingest").encodingType(EncodingType.URL))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  List<Path> files(String directory) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve(directory))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  JsonNode lastNotification() throws IOException {
    String last = sent.get(sent.size() - 1);
    return new ObjectMapper().readTree(last.substring(last.indexOf(' '))).path("Records").path(0);
  }

  static int status(Throwable refusal) {
    return ((S3Exception) refusal).statusCode();
  }

  /** How many of so many attempts at once succeed; the others must be refused with 412 or 404. */
  static int winners(int attempts, Callable<?> attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(attempts);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Boolean>> all = new CopyOnWriteArrayList<>();
    for (int i = 0; i < attempts; i++) {
      all.add(
          threads.submit(
              () -> {
                start.await();
                return succeeds(attempt);
              }));
    }
    start.countDown();
    int winners = 0;
    for (Future<Boolean> one : all) if (one.get()) winners++;
    threads.shutdown();
    return winners;
  }

  private static boolean succeeds(Callable<?> attempt) throws Exception {
    try {
      attempt.call();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() != 412 && e.statusCode() != 404) throw e;
      return false;
    }
  }
}
