// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Says in the data directory which process runs the pipeline. */
public final class RunningFile {
  private final Path file;

  public RunningFile(Path directory) {
    file = directory.resolve("aqueduct.pid");
  }

  void write() throws IOException {
    ProcessHandle own = ProcessHandle.current();
    Files.writeString(file, own.pid() + " " + startOf(own));
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The process, if it lives: after a crash another one may have its number, but not its start. */
  public Optional<ProcessHandle> process() throws IOException {
    if (!Files.exists(file)) return Optional.empty();
    String[] words = Files.readString(file).strip().split(" ", 2);
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(process -> words.length < 2 || words[1].equals(startOf(process)));
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
