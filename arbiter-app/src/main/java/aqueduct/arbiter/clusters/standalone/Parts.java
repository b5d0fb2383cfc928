// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of a cluster, found by the mark that each carries on its command line: no file of
 * process numbers can be out of date, and what lost its parent is found too.
 *
 * @param byName name of the part ({@code master}, {@code worker-1}, {@code driver}, {@code
 *     executor}) to process numbers
 */
record Parts(Map<String, List<Long>> byName) {
  private static final String CLUSTER = "-Daqueduct.cluster=";
  private static final String PART = "-Daqueduct.part=";

  /** JVM options that mark a process. */
  static List<String> mark(Path cluster, String part) {
    return List.of(CLUSTER + cluster, PART + part);
  }

  static Parts of(Path cluster) {
    Map<String, List<Long>> parts = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        List<String> words = commandLine(process);
        if (words.contains(CLUSTER + cluster)) {
          words.stream()
              .filter(word -> word.startsWith(PART))
              .forEach(
                  word ->
                      parts
                          .computeIfAbsent(word.substring(PART.length()), name -> new ArrayList<>())
                          .add(Long.parseLong(process.getFileName().toString())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("standalone clusters need /proc, as Linux has it", e);
    }
    return new Parts(parts);
  }

  private static List<String> commandLine(Path process) {
    try {
      String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(line.split("\0", -1));
    } catch (IOException e) {
      return List.of(); // it has ended meanwhile
    }
  }

  boolean has(String part) {
    return byName.containsKey(part);
  }

  long workers() {
    return byName.keySet().stream().filter(name -> name.startsWith("worker-")).count();
  }

  boolean none() {
    return byName.isEmpty();
  }

  List<Long> all() {
    return byName.values().stream().flatMap(List::stream).toList();
  }
}
