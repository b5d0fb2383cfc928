// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * What is submitted, and beside it what a Spark installation has: the libraries of aggregate-app
 * that are not in the job jar, so that a class which is missing there is missed; with Spark's way
 * of logging instead of Spring Boot's.
 *
 * @param target of aggregate-app, after {@code package}
 */
record JobJar(Path target) {

  Path path() throws IOException {
    try (Stream<Path> files = Files.list(target.resolve("job"))) {
      return files
          .filter(file -> file.toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException(target + "/job holds no job jar: package it first"));
    }
  }

  /** Links Spark's jars into the folder; returns it. */
  Path spark(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (JarFile job = new JarFile(path().toFile());
        Stream<Path> libraries = Files.list(target.resolve("lib"));
        Stream<Path> logging = Files.list(target.resolve("spark-logging"))) {
      for (Path library : Stream.concat(libraries, logging).toList()) {
        String name = library.getFileName().toString();
        if (!name.matches("(logback|log4j-to-slf4j|apache-client|netty-nio-client|s3)-.*")
            && classes(library).stream().noneMatch(type -> job.getEntry(type) != null)) {
          Files.createSymbolicLink(folder.resolve(name), library);
        }
      }
    }
    return folder;
  }

  private static List<String> classes(Path library) {
    try (JarFile jar = new JarFile(library.toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("-"))
          .limit(3)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
