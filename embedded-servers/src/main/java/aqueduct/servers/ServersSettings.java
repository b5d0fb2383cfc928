// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How the servers run.
 *
 * @param servers which of them
 * @param ports fixed ports; a server without one, or with 0, takes a free one
 * @param region as ARNs and the environment name it
 * @param retentionHours of Kinesis records, 1 to 8,760
 * @param keepMessages whether SQS messages outlive the servers; one set of servers in a JVM can do
 *     that
 * @param fsync whether a PostgreSQL commit waits for the disk
 */
public record ServersSettings(
    Set<Server> servers,
    Map<Server, Integer> ports,
    String region,
    int retentionHours,
    boolean keepMessages,
    boolean fsync) {

  /** What can be started. */
  public enum Server {
    S3,
    SQS,
    KINESIS,
    DYNAMODB,
    POSTGRES
  }

  /** All of them, on free ports, safe. */
  public static ServersSettings defaults() {
    return new ServersSettings(EnumSet.allOf(Server.class), Map.of(), "us-east-1", 24, true, true);
  }

  /** Only these, for a test: quick, and nothing but their data need survive. */
  public static ServersSettings only(Server first, Server... others) {
    return new ServersSettings(EnumSet.of(first, others), Map.of(), "us-east-1", 24, false, false);
  }

  /** Those alone; how they run stays as it is. */
  public ServersSettings withServers(Server first, Server... others) {
    return new ServersSettings(
        EnumSet.of(first, others), ports, region, retentionHours, keepMessages, fsync);
  }

  public ServersSettings withPort(Server server, int port) {
    Map<Server, Integer> changed = new EnumMap<>(Server.class);
    changed.putAll(ports);
    changed.put(server, port);
    return new ServersSettings(servers, changed, region, retentionHours, keepMessages, fsync);
  }

  public ServersSettings withKeepMessages(boolean keep) {
    return new ServersSettings(servers, ports, region, retentionHours, keep, fsync);
  }

  public ServersSettings withFsync(boolean on) {
    return new ServersSettings(servers, ports, region, retentionHours, keepMessages, on);
  }

  public ServersSettings withRetentionHours(int hours) {
    return new ServersSettings(servers, ports, region, hours, keepMessages, fsync);
  }

  int port(Server server) {
    return ports.getOrDefault(server, 0);
  }
}
