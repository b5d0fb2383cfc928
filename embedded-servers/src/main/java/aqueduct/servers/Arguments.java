// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import aqueduct.servers.ServersSettings.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of {@link ServersApplication}.
 *
 * @param data where the servers keep what they hold; without it none is started
 * @param settings which servers, on which ports
 * @param topology the file that says what is to be there
 * @param aws an AWS elsewhere, in place of all servers but PostgreSQL
 * @param limit how long that one may take until it answers
 */
record Arguments(
    Optional<Path> data,
    ServersSettings settings,
    Optional<Path> topology,
    Optional<URI> aws,
    Duration limit) {
  static final String USAGE =
      """
      usage: --data DIRECTORY [--topology topology.yml] [--ports s3=9000,sqs=9324,kinesis=4567,dynamodb=8000,postgres=5432]
             --aws URL --topology topology.yml [--data DIRECTORY] [--wait SECONDS]
      With --aws, what the topology names is made there, by an emulator of AWS, and of the servers only PostgreSQL is started; without --data none.""";

  private static final Set<String> OPTIONS =
      Set.of("--data", "--ports", "--topology", "--aws", "--wait");

  /**
   * Reads them; an empty value is none.
   *
   * @throws IllegalArgumentException if one is wrong or missing
   */
  static Arguments of(String... args) {
    Map<String, String> given = given(args);
    ServersSettings settings = ports(given.getOrDefault("--ports", ""));
    Optional<URI> aws = Optional.ofNullable(given.get("--aws")).map(Arguments::address);
    Arguments read =
        new Arguments(
            Optional.ofNullable(given.get("--data")).map(Path::of),
            aws.isPresent() ? settings.withServers(Server.POSTGRES) : settings,
            Optional.ofNullable(given.get("--topology")).map(Path::of),
            aws,
            Duration.ofSeconds(number("--wait", given.getOrDefault("--wait", "120"))));
    if (aws.isEmpty() && read.data().isEmpty()) {
      throw new IllegalArgumentException("--data is missing");
    }
    if (aws.isPresent() && read.topology().isEmpty()) {
      throw new IllegalArgumentException("--aws needs a --topology: what is to be made there?");
    }
    return read;
  }

  private static Map<String, String> given(String... args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i])) {
        throw new IllegalArgumentException("There is no option " + args[i]);
      }
      if (i + 1 == args.length) throw new IllegalArgumentException(args[i] + " needs a value");
      if (!args[i + 1].isEmpty()) given.put(args[i], args[i + 1]);
    }
    return given;
  }

  private static URI address(String value) {
    if (!value.matches("https?://[^/?#]+/?")) {
      throw new IllegalArgumentException(
          "--aws: \"" + value + "\" is no address such as http://127.0.0.1:4566");
    }
    return URI.create(value);
  }

  private static int number(String option, String value) {
    if (!value.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(option + ": \"" + value + "\" is no number");
    }
    return Integer.parseInt(value);
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
