// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says in the data directory which process runs the pipeline. */
final class RunningFile {
  private final Path file;

  RunningFile(Path directory) {
    file = directory.resolve("aqueduct.pid");
  }

  void write() throws IOException {
    Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The process, if it lives and is a Java one: after a crash another may have its number. */
  Optional<ProcessHandle> process() throws IOException {
    if (!Files.exists(file)) return Optional.empty();
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().command().map(c -> c.endsWith("java")).orElse(true));
  }
}
