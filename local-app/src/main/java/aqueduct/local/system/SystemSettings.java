// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the pipeline runs on this machine.
 *
 * @param data everything that is stored
 * @param home the project, with the built aggregate-app in it
 * @param config a file of own settings, in the form of topology.yml
 * @param window of aggregation
 * @param pagePort where the report page listens; without it there is none
 */
public record SystemSettings(
    Path data, Path home, Optional<Path> config, Duration window, OptionalInt pagePort) {

  public Path logs() {
    return data.resolve("logs");
  }
}
