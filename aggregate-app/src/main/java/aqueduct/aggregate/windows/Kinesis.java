// SPDX-License-Identifier: Apache-2.0
package aqueduct.aggregate.windows;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * Calls to Kinesis: what is refused as too much is asked again, later and later. A stopped query
 * interrupts its calls; that comes out as the one exception which Spark takes for a stop and not
 * for a failure.
 */
public final class Kinesis {
  private static final Logger log = LoggerFactory.getLogger(Kinesis.class);
  private static final Map<String, KinesisClient> CLIENTS = new ConcurrentHashMap<>();
  private static final int MOST_REFUSALS = 60;
  private static final long FIRST_PAUSE = 200;
  private static final long LONGEST_PAUSE = 5_000;
  private final KinesisClient client;
  private final Pause pause;

  /** Waits; replaced in tests. */
  interface Pause {
    void millis(long millis) throws InterruptedException;
  }

  Kinesis(KinesisClient client, Pause pause) {
    this.client = client;
    this.pause = pause;
  }

  static Kinesis shared() {
    return new Kinesis(client(), Thread::sleep);
  }

  /**
   * The client of this JVM for the endpoint that the SDK's own settings name. Never closed: it
   * keeps no thread.
   */
  public static KinesisClient client() {
    return CLIENTS.computeIfAbsent(
        System.getProperty("aws.endpointUrlKinesis", ""),
        endpoint ->
            KinesisClient.builder()
                .httpClientBuilder(
                    UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMinutes(2)))
                .build());
  }

  interface Call<T> {
    T on(KinesisClient client);
  }

  <T> T ask(Call<T> call) {
    for (int refusals = 0; ; refusals++) {
      try {
        return uninterrupted(() -> call.on(client));
      } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
        if (refusals == MOST_REFUSALS) {
          throw e;
        }
        log.debug("Kinesis refuses the {}. time; asking again later", refusals + 1);
        long most = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(refusals, 10));
        rest(FIRST_PAUSE / 2 + ThreadLocalRandom.current().nextLong(most));
      }
    }
  }

  void rest(long millis) {
    try {
      pause.millis(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped(e);
    }
  }

  private static <T> T uninterrupted(Supplier<T> call) {
    try {
      return call.get();
    } catch (AbortedException e) {
      throw stopped(e);
    } catch (SdkClientException e) {
      if (e.getCause() instanceof InterruptedIOException
          || Thread.currentThread().isInterrupted()) {
        throw stopped(e);
      }
      throw e;
    }
  }

  private static UncheckedIOException stopped(Exception cause) {
    InterruptedIOException stopped = new InterruptedIOException("stopped while asking Kinesis");
    stopped.initCause(cause);
    return new UncheckedIOException(stopped);
  }
}
