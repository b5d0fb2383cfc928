// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Kinesis server with the stream "s" of two shards in a JVM of its own. */
final class ChildServer implements AutoCloseable {
  private final Process process;
  private final URI endpoint;

  private ChildServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  static ChildServer start(Path data, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ChildServer.class.getName(),
            data.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) throw new IOException("The child ended: " + command);
    return new ChildServer(process, URI.create(line));
  }

  /** The child's. */
  public static void main(String[] args) throws Exception {
    KinesisServer server =
        KinesisServer.start(Path.of(args[0]), KinesisSettings.defaults().withSegmentBytes(1 << 20));
    server.ensureStream("s", 2);
    System.out.println(server.endpoint());
    Thread.currentThread().join();
  }

  URI endpoint() {
    return endpoint;
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
