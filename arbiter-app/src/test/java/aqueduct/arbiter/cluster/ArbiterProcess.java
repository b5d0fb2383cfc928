// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import aqueduct.arbiter.ArbiterApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** arbiter-app as a process of its own, that can be killed and stopped. */
final class ArbiterProcess implements AutoCloseable {
  private final Process process;

  ArbiterProcess(Path log, Map<String, String> environment, List<String> settings)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ArbiterApplication.class.getName()));
    command.addAll(settings);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  void signal(String name) throws IOException, InterruptedException {
    Signal.send(name, process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
