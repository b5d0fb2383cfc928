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

  static String mainClass(String element) {
    if (element.equals("small-site")) return "aqueduct.small.SmallSiteApplication";
    return "aqueduct.%s.%sApplication"
        .formatted(element, Character.toUpperCase(element.charAt(0)) + element.substring(1));
  }

  /** As the image of either form does it: its libraries, others' jars before them, its class. */
  static ElementProcess ofImage(String element, String more, Map<String, String> env, Path log)
      throws IOException, InterruptedException {
    return start(List.of("-cp", classPath(element, more), mainClass(element)), env, log);
  }

  /** The executable jar and nothing else. */
  static ElementProcess ofJar(String element, Map<String, String> env, Path log)
      throws IOException {
    return start(List.of("-jar", jar(element).toString()), env, log);
  }

  /** As a managed runtime starts a zip: AWS's client, our handler, jars of a lib directory. */
  static ElementProcess ofZip(String element, String more, Map<String, String> env, Path log)
      throws IOException, InterruptedException {
    return start(
        List.of(
            "-cp",
            classPath(element, more),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "aqueduct.lambda.LambdaHandler::handleRequest"),
        env,
        log);
  }

  private static String classPath(String element, String more)
      throws IOException, InterruptedException {
    Path zip = extracted(element);
    String own = zip + "/*" + File.pathSeparator + zip.resolve("lib") + "/*";
    return more.isEmpty() ? own : more + File.pathSeparator + own;
  }

  /** What is zipped: the element's jar, and beside it lib. */
  static synchronized Path extracted(String element) throws IOException, InterruptedException {
    Path jar = jar(element);
    Path zip = Path.of("target", "zips", element).toAbsolutePath();
    Path mark =
        zip.resolveSibling(
            element + "-" + Files.getLastModifiedTime(jar).toMillis() + Files.size(jar));
    if (Files.exists(mark)) return zip;
    Runs.directory("../zips/" + element);
    List<String> extract =
        List.of(
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--force",
            "--destination",
            zip.toString());
    command(extract, Map.of(), zip.resolveSibling(element + ".log")).waitFor();
    Files.createFile(mark);
    return zip;
  }

  private static ElementProcess start(List<String> arguments, Map<String, String> env, Path log)
      throws IOException {
    return new ElementProcess(command(arguments, env, log), log);
  }

  private static Process command(List<String> arguments, Map<String, String> env, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.net.preferIPv4Stack=true");
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

  /** As a machine that hangs, and one that goes on. */
  void signal(String name) throws IOException, InterruptedException {
    List<String> command = List.of("kill", "-" + name, Long.toString(process.pid()));
    if (new ProcessBuilder(command).start().waitFor() != 0) throw new IOException(command + "");
  }

  /** As when Lambda or a machine goes away: nothing is said before. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As when a container is stopped. A JVM that writes a class archive at its end takes a while. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) kill();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
