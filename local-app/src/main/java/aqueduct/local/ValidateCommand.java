// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.check.Problem;
import aqueduct.local.check.SettingsCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file of settings -> what is wrong in it, without starting anything. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for what is wrong in the settings and the topology: unknown and misspelt properties,"
          + " values out of range, pipes without their one writer or their readers, names of no"
          + " bucket or queue."
    },
    footer = {
      "",
      "Exit status 1: something is wrong.",
      "",
      "Examples:",
      "  ./aqueduct validate",
      "  ./aqueduct validate --config mine.yml --format json",
    })
final class ValidateCommand implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings that replace those of topology.yml; default: topology.yml alone")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException {
    List<Problem> problems = SettingsCheck.problems(Optional.ofNullable(config));
    if (problems.isEmpty() && format.format() == Format.TABLE) {
      System.out.println("All settings are right");
      return 0;
    }
    Table table = new Table("place", "property", "value", "problem");
    problems.forEach(p -> table.add(p.place(), p.property(), p.value(), p.wrong()));
    table.print(format.format(), System.out);
    return problems.isEmpty() ? 0 : 1;
  }
}
