// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.check.SettingsCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A file of own settings. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings that replace those of topology.yml")
  private @Nullable Path config;

  /** The file, once nothing in it is wrong. */
  Optional<Path> sound() throws IOException {
    Optional<Path> file = Optional.ofNullable(config);
    SettingsCheck.require(file);
    return file;
  }
}
