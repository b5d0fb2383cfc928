// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.ServersSettings.Server;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The servers alone, until the process is stopped: for a container, or for clients in other
 * languages.
 */
public final class ServersApplication {
  private static final String USAGE =
      "usage: --data DIRECTORY [--topology topology.yml]"
          + " [--ports s3=9000,sqs=9324,kinesis=4567,dynamodb=8000,postgres=5432]";
  private static final Set<String> OPTIONS = Set.of("--data", "--ports", "--topology");

  private ServersApplication() {}

  /** Exits with 0 when stopped, 1 if a server cannot start, 2 for wrong arguments. */
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("logback.configurationFile", "aqueduct/servers/logback-servers.xml");
    Path data;
    ServersSettings settings;
    String topology;
    try {
      data = Path.of(option(args, "--data", ""));
      settings = ports(option(args, "--ports", ""));
      topology = option(args, "--topology", "");
      if (data.toString().isEmpty()) throw new IllegalArgumentException("--data is missing");
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    try {
      run(data, settings, made(topology), System.out);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** What the file declares; nothing without one. */
  private static ServersTopology made(String file) throws IOException {
    return file.isEmpty()
        ? ServersTopology.empty()
        : DeclaredThings.of(TopologyReader.read(Path.of(file), List.of()));
  }

  private static void run(
      Path data, ServersSettings settings, ServersTopology topology, PrintStream out)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    EmbeddedServers servers = EmbeddedServers.start(data, settings, topology);
    Path env = data.resolve("aqueduct.env");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(servers, env), "servers-stop"));
    servers.endpoints().writeEnvFile(env);
    servers.endpoints().env().forEach((name, value) -> out.println(name + "=" + value));
    out.printf(Locale.ROOT, "ready in %.1f s%n", (System.nanoTime() - started) / 1e9);
    Thread.currentThread().join();
  }

  private static void stop(EmbeddedServers servers, Path env) {
    try {
      Files.deleteIfExists(env);
    } catch (IOException e) {
      System.err.println("Cannot remove " + env + ": " + e.getMessage());
    }
    servers.close();
  }

  private static String option(String[] args, String name, String otherwise) {
    String value = otherwise;
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i])) {
        throw new IllegalArgumentException("There is no option " + args[i]);
      }
      if (i + 1 == args.length) throw new IllegalArgumentException(args[i] + " needs a value");
      if (args[i].equals(name)) value = args[i + 1];
    }
    return value;
  }

  private static ServersSettings ports(String list) {
    ServersSettings settings = ServersSettings.defaults();
    for (String pair : list.isEmpty() ? new String[0] : list.split(",", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || !parts[1].matches("\\d{1,5}")) {
        throw new IllegalArgumentException("--ports: \"" + pair + "\" is not NAME=PORT");
      }
      settings = settings.withPort(server(parts[0]), Integer.parseInt(parts[1]));
    }
    return settings;
  }

  private static Server server(String name) {
    for (Server server : Server.values()) {
      if (server.name().equalsIgnoreCase(name)) return server;
    }
    throw new IllegalArgumentException("--ports: there is no server " + name);
  }
}
