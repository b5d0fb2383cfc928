// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.elsewhere.Provisioning;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The servers alone, until the process is stopped: for a container, or for clients in other
 * languages. With an AWS elsewhere, PostgreSQL alone, and what the topology names is made there.
 * Its aqueduct.env is there as long as all of that is.
 */
public final class ServersApplication {
  private ServersApplication() {}

  /**
   * Exits with 0 when stopped or nothing is left to do, 1 if a server cannot start or a thing not
   * be made, 2 for wrong arguments.
   */
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("logback.configurationFile", "aqueduct/servers/logback-servers.xml");
    Arguments arguments;
    try {
      arguments = Arguments.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Arguments.USAGE);
      System.exit(2);
      return;
    }
    try {
      run(arguments, made(arguments.topology()), System.out);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What the file declares; nothing without one. */
  private static ServersTopology made(Optional<Path> file) throws IOException {
    return file.isEmpty()
        ? ServersTopology.empty()
        : DeclaredThings.of(TopologyReader.read(file.get(), List.of()));
  }

  private static void run(Arguments arguments, ServersTopology topology, PrintStream out)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    Optional<Endpoints> elsewhere = arguments.aws().map(at -> at(at, arguments));
    if (arguments.data().isPresent()) {
      start(arguments.data().get(), arguments, topology, elsewhere, out);
    } else {
      provision(topology, elsewhere.orElseThrow(), arguments);
    }
    out.printf(Locale.ROOT, "ready in %.1f s%n", (System.nanoTime() - started) / 1e9);
    if (arguments.data().isPresent()) Thread.currentThread().join();
  }

  private static Endpoints at(URI aws, Arguments arguments) {
    return Endpoints.at(aws, arguments.settings().region());
  }

  private static void provision(ServersTopology topology, Endpoints aws, Arguments arguments)
      throws IOException {
    Provisioning.make(topology, aws, arguments.limit());
  }

  private static void start(
      Path data,
      Arguments arguments,
      ServersTopology topology,
      Optional<Endpoints> elsewhere,
      PrintStream out)
      throws IOException {
    Path env = data.resolve("aqueduct.env");
    Files.deleteIfExists(env); // of one that was killed: whoever waits for it must not be misled
    EmbeddedServers servers = EmbeddedServers.start(data, arguments.settings(), topology);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(servers, env), "servers-stop"));
    Endpoints endpoints = servers.endpoints();
    if (elsewhere.isPresent()) {
      provision(topology, elsewhere.get(), arguments);
      endpoints = endpoints.and(elsewhere.get());
    }
    endpoints.writeEnvFile(env);
    endpoints.env().forEach((name, value) -> out.println(name + "=" + value));
  }

  private static void stop(EmbeddedServers servers, Path env) {
    try {
      Files.deleteIfExists(env);
    } catch (IOException e) {
      System.err.println("Cannot remove " + env + ": " + e.getMessage());
    }
    servers.close();
  }
}
