// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.SystemSettings;
import aqueduct.metrics.MetricStore.AppliedWindow;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything, running until Ctrl-C or {@code down}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Starts the whole pipeline with its page, and traffic for it, until Ctrl-C.",
    footer = {
      "",
      "aqueduct.env in the data directory holds the endpoints for any AWS client:",
      "set -a; . .aqueduct/aqueduct.env; set +a; aws s3 ls",
      "",
      "Examples:",
      "  ./aqueduct up",
      "  ./aqueduct up --no-traffic --port 9090 --data mine",
    })
final class UpCommand implements Callable<Integer> {
  private static final int PORTS = 50;
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "of the page; the next free one if taken",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS_PER_S",
      description = "of the made traffic",
      defaultValue = "200")
  private double rate;

  @Option(names = "--no-traffic", description = "make none")
  private boolean quiet;

  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    long started = System.nanoTime();
    Path directory = data.directory();
    SystemSettings settings =
        new SystemSettings(
            directory,
            DataOption.home(),
            config.sound(),
            Duration.ofSeconds(5),
            OptionalInt.of(freePort()));
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(stop, stopped), "stop-aqueduct");
    try (LocalSystem system = LocalSystem.start(settings, UpCommand::say)) {
      Runtime.getRuntime().addShutdownHook(hook);
      say("The page: http://127.0.0.1:" + settings.pagePort().orElseThrow() + "/");
      say(
          String.format(
              Locale.ROOT,
              "Up in %.0f s; stop with Ctrl-C or ./aqueduct down",
              (System.nanoTime() - started) / 1e9));
      watch(system, stop);
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private void watch(LocalSystem system, CountDownLatch stop)
      throws IOException, InterruptedException {
    LiveTraffic traffic = new LiveTraffic(system, quiet ? 0 : rate);
    String last = "";
    while (!stop.await(LiveTraffic.EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      system.check();
      traffic.send(Instant.now());
      String line = status(system, traffic);
      if (!line.equals(last)) show(line);
      last = line;
    }
    show("Stopping\n");
  }

  private static String status(LocalSystem system, LiveTraffic traffic) {
    Optional<AppliedWindow> newest = system.metrics().newestWindow();
    return String.format(
        Locale.ROOT,
        "%,d files, %,d events sent; %s",
        traffic.files(),
        traffic.events(),
        newest
            .map(
                window ->
                    "metrics up to "
                        + window.end().toString().substring(11, 19)
                        + ", "
                        + window.events()
                        + " events in the last window")
            .orElse("no metrics yet"));
  }

  private static void show(String line) {
    if (Terminal.isTerminal()) System.err.print("\r\u001b[K" + line);
    else say(line);
    System.err.flush();
  }

  private static void stop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      if (!stopped.await(60, TimeUnit.SECONDS)) say("Not all of it stopped within 60 s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int freePort() throws IOException {
    for (int candidate = port; candidate < port + PORTS && candidate < 65_536; candidate++) {
      try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (candidate == port) say("Port " + port + " is taken: looking for the next free one");
      }
    }
    throw new WorkFailed("No port from " + port + " on is free: choose another by --port");
  }

  private static void say(String words) {
    System.err.println(words);
  }
}
