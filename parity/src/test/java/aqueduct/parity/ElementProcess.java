// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An element's executable jar, as it is deployed, in a process. */
final class ElementProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ElementProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The jar that {@code package} made of the element. */
  static Path jar(String element) {
    Path target = World.root().resolve(element + "-fn").resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-exec.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(missing(element)));
    } catch (IOException e) {
      throw new IllegalStateException(missing(element), e);
    }
  }

  private static String missing(String element) {
    return "the jar of %s-fn is not built: run ./mvnw -pl parity -am verify".formatted(element);
  }

  static ElementProcess jarForm(String element, Map<String, String> env, Path log)
      throws IOException {
    return start(List.of("-jar", jar(element).toString()), env, log);
  }

  /** The same jar, with another beside it: how one's own function comes in. */
  static ElementProcess jarFormWith(Path more, String element, Map<String, String> env, Path log)
      throws IOException {
    return start(
        List.of(
            "-Dloader.path=" + more,
            "-Dloader.main=" + OnLambda.mainClass(element),
            "-cp",
            jar(element).toString(),
            "org.springframework.boot.loader.launch.PropertiesLauncher"),
        env,
        log);
  }

  /** As a managed runtime starts a zip: AWS's client, our handler, jars of a lib directory. */
  static ElementProcess zipForm(String element, Map<String, String> env, Path directory, Path log)
      throws IOException, InterruptedException {
    Path zip = directory.resolve(element);
    if (Files.notExists(zip)) {
      command(
              List.of(
                  "-Djarmode=tools",
                  "-jar",
                  jar(element).toString(),
                  "extract",
                  "--destination",
                  zip.toString()),
              Map.of(),
              log)
          .waitFor();
    }
    return start(
        List.of(
            "-cp",
            zip + "/*" + File.pathSeparator + zip.resolve("lib") + "/*",
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "aqueduct.lambda.LambdaHandler::handleRequest"),
        env,
        log);
  }

  private static ElementProcess start(List<String> arguments, Map<String, String> env, Path log)
      throws IOException {
    return new ElementProcess(command(arguments, env, log), log);
  }

  private static Process command(List<String> arguments, Map<String, String> env, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(env);
    return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As when Lambda or a machine goes away: nothing is said before. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As when a container is stopped. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) kill();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
