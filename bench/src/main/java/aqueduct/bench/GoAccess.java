// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.local.traffic.TrafficFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * GoAccess with GeoIP on the same lines, where it is installed. It gets them unpacked, which spares
 * it the work of gunzip; its processor seconds are those of the ended process.
 */
final class GoAccess {
  private static final double GOAL = 5;
  private final Corpus corpus;
  private final Figures figures;

  GoAccess(Corpus corpus, Figures figures) {
    this.corpus = corpus;
    this.figures = figures;
  }

  void compare(double ours) throws IOException {
    figures.title("Peer: GoAccess with GeoIP, the same lines, unpacked for it beforehand");
    if (!isInstalled()) {
      figures.say("GoAccess", "is not installed (apt-get install -y goaccess): not compared");
      return;
    }
    Path directory = Files.createTempDirectory("aqueduct-goaccess-");
    try {
      measure(directory, ours);
    } finally {
      for (String name : List.of("access.log", "city.mmdb", "report.json")) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.delete(directory);
    }
  }

  private void measure(Path directory, double ours) throws IOException {
    unpack(directory.resolve("access.log"));
    try (InputStream city = GoAccess.class.getResourceAsStream("/GeoLite2-City.mmdb")) {
      if (city == null) throw new IOException("GeoLite2-City.mmdb is not on the classpath");
      Files.copy(city, directory.resolve("city.mmdb"));
    }
    List<String> command =
        List.of(
            "goaccess",
            "access.log",
            "--log-format=CLOUDFRONT",
            "--no-query-string",
            "--geoip-database=city.mmdb",
            "--no-progress",
            "--output=report.json");
    double before = CpuTime.ofEndedChildren();
    int status = run(command, directory);
    double seconds = CpuTime.ofEndedChildren() - before;
    figures.say("command", "%s", String.join(" ", command));
    if (status != 0) throw new IOException("GoAccess ended with status " + status);
    figures.say("GoAccess", "%,.0f lines per CPU-second", corpus.lines() / seconds);
    figures.atLeast(
        "streamify + enrich over GoAccess", ours / (corpus.lines() / seconds), GOAL, "x");
  }

  private void unpack(Path log) throws IOException {
    try (OutputStream out = Files.newOutputStream(log)) {
      for (TrafficFile file : corpus.files()) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file.gzip()))) {
          in.transferTo(out);
        }
      }
    }
  }

  private static boolean isInstalled() throws IOException {
    try {
      return run(List.of("goaccess", "--version"), Path.of("").toAbsolutePath()) == 0;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException notFound) {
      return false;
    }
  }

  private static int run(List<String> command, Path directory) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a peer ran");
    }
  }
}
