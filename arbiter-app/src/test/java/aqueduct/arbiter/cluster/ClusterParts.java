// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes and logs of the clusters under one folder. */
record ClusterParts(Path clusters) {

  /** The process of a part: {@code master}, {@code worker-1}, {@code driver}. */
  long process(String cluster, String part) {
    return processes(cluster, part).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + part + " of " + cluster));
  }

  /** There is one {@code executor} for each unit. */
  List<Long> processes(String cluster, String part) {
    return marked("-Daqueduct.cluster=" + clusters.resolve(cluster) + "\0").stream()
        .filter(pid -> commandLine(pid).contains("-Daqueduct.part=" + part + "\0"))
        .toList();
  }

  private static List<Long> marked(String mark) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(p -> p.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .map(Long::valueOf)
          .filter(pid -> commandLine(pid).contains(mark))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc", pid + "", "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }

  boolean isLaunched(String cluster) {
    return Files.exists(clusters.resolve(cluster).resolve("cluster.properties"));
  }

  boolean isSubmitted(String cluster) {
    try {
      return isLaunched(cluster)
          && Files.readString(clusters.resolve(cluster).resolve("cluster.properties"))
              .contains("driver=");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that the job of a cluster has written to its output. */
  String logs(String cluster) {
    try (Stream<Path> files = Files.walk(clusters.resolve(cluster))) {
      StringBuilder text = new StringBuilder();
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("stderr|stdout")).toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void endAll() {
    marked("-Daqueduct.cluster=" + clusters)
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }
}
