// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.metrics.MetricStore;
import aqueduct.metrics.MetricStore.Applied;
import aqueduct.metrics.MetricStore.FencedException;
import aqueduct.metrics.MetricStore.WindowCommit;
import aqueduct.metrics.ReportSpec;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A writer that stops in the middle of its transaction, as a process that is paused does. */
class StoppedWriterTest {
  private static final Instant WINDOW = Instant.parse("2026-11-23T10:00:00Z");
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch woken = new CountDownLatch(1);

  @Test
  void it_does_not_hold_up_the_one_that_replaces_it_and_cannot_write_when_it_wakes() {
    DataSource database = Postgres.empty();
    MetricStore old = store(stopping(database));
    CompletableFuture<Applied> writing =
        CompletableFuture.supplyAsync(() -> old.apply(commit(0, 1)));
    await(stopped);

    CompletableFuture<Applied> replacement =
        CompletableFuture.supplyAsync(() -> store(database).apply(commit(0, 2)));

    assertThat(replacement).succeedsWithin(30, SECONDS).isEqualTo(Applied.APPLIED);
    woken.countDown();
    assertThat(writing).failsWithin(30, SECONDS);
    assertThatThrownBy(() -> old.apply(commit(1, 1))).isInstanceOf(FencedException.class);
    assertThat(store(database).newestWindow()).get().extracting("start").isEqualTo(WINDOW);
  }

  private static MetricStore store(DataSource database) {
    return new PostgresMetricStore(database, ReportSpec.defaults(), Duration.ofSeconds(1));
  }

  private static WindowCommit commit(int number, int token) {
    Instant start = WINDOW.plus(Duration.ofMinutes(5L * number));
    return new WindowCommit(
        start, start.plus(Duration.ofMinutes(5)), "attempt", token, List.of(), List.of(), Map.of());
  }

  /** Its connections stand still before they insert a window, which is behind the fence. */
  private DataSource stopping(DataSource database) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = call(database, method, arguments);
          return result instanceof Connection connection ? stopping(connection) : result;
        });
  }

  private Connection stopping(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          if (method.getName().equals("prepareStatement")
              && arguments[0].toString().startsWith("insert into applied_window")) {
            stopped.countDown();
            await(woken);
          }
          return call(connection, method, arguments);
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
