// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import aqueduct.local.system.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A file of own settings over topology.yml -> what is wrong; nothing is started for it. */
public final class SettingsCheck {
  private SettingsCheck() {}

  /** Everything that is wrong: properties first, then how they fit together. */
  public static List<Problem> problems(Optional<Path> config) throws IOException {
    if (config.isPresent() && !Files.isReadable(config.get())) {
      throw new NoSuchFileException(config.get().toString());
    }
    ConfigurableEnvironment environment;
    try {
      environment = Topology.environment(config);
    } catch (MarkedYAMLException e) {
      return List.of(notYaml(config, e));
    }
    List<Problem> problems = new ArrayList<>(new PropertyCheck(environment).problems());
    try {
      problems.addAll(new TopologyCheck(environment).problems());
    } catch (BindException e) {
      if (problems.isEmpty()) throw e; // else it is among them
    }
    return problems.stream().distinct().toList();
  }

  /** Passes, or says all that is wrong. */
  public static void require(Optional<Path> config) throws IOException {
    List<Problem> problems = problems(config);
    if (!problems.isEmpty()) throw new WrongSettings(problems);
  }

  private static Problem notYaml(Optional<Path> config, MarkedYAMLException e) {
    int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
    return new Problem(
        config.map(Path::toString).orElse("topology.yml") + ":" + line,
        "the file",
        "",
        "is not YAML: " + e.getProblem());
  }
}
