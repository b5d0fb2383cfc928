// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.Delivery;
import aqueduct.local.system.FileAccount;
import aqueduct.local.system.GivenFile;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.SystemSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The one pipeline of all tests in this JVM, started by the first that asks; each test has days of
 * its own in it. The system's own shutdown hook stops it.
 */
final class SharedPipeline {
  static final Path DATA = Path.of("target", "pipeline").toAbsolutePath();
  private static LocalSystem system;

  private SharedPipeline() {}

  static synchronized LocalSystem system() {
    if (system == null) system = start();
    return system;
  }

  private static LocalSystem start() {
    try {
      clear(DATA);
      Files.createDirectories(DATA);
      SystemSettings settings =
          new SystemSettings(
              DATA, home(), Optional.empty(), Duration.ofSeconds(1), OptionalInt.empty());
      return LocalSystem.start(settings, System.err::println);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path home() {
    return Path.of(System.getProperty("aqueduct.root"));
  }

  /** Of these tests; Surefire may hide it in the manifest of a jar. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) return;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }

  /** Puts the files, waits until every line of them is accounted for. */
  static List<FileAccount> deliver(List<Path> files) throws IOException {
    Delivery delivery = new Delivery(system());
    for (Path file : files) delivery.put(GivenFile.of(file));
    return delivery.await((applied, known) -> {});
  }

  static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return new ArrayList<>(all.filter(p -> p.toString().endsWith(".gz")).sorted().toList());
    }
  }
}
