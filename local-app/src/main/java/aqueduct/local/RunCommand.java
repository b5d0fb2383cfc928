// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.local.system.Delivery;
import aqueduct.local.system.FileAccount;
import aqueduct.local.system.GivenFile;
import aqueduct.local.system.LocalSystem;
import aqueduct.local.system.SystemSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Log files -> metrics, with an account of every line. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Takes log files through the whole pipeline, says what became of every line, and ends. The"
          + " data stay."
    },
    footer = {
      "",
      "Exit status 1: a line is not accounted for, or a file could not be read to its end.",
      "",
      "Examples:",
      "  ./aqueduct run sample-logs",
      "  ./aqueduct run E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz --format csv",
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private FormatOption format = new FormatOption();

  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "log files, or directories of them")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws IOException {
    List<GivenFile> files = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : logs(path)) files.add(GivenFile.of(file));
    }
    SystemSettings settings =
        new SystemSettings(
            data.directory(),
            DataOption.home(),
            config.sound(),
            Duration.ofSeconds(2),
            OptionalInt.empty());
    List<FileAccount> accounts;
    try (LocalSystem system = LocalSystem.start(settings, RunCommand::say)) {
      accounts = deliver(system, files);
    }
    print(accounts);
    return accounts.stream().allMatch(a -> a.isWhole() && a.problem().isEmpty()) ? 0 : 1;
  }

  private static void say(String words) {
    System.err.println(words);
  }

  private static List<FileAccount> deliver(LocalSystem system, List<GivenFile> files)
      throws IOException {
    Delivery delivery = new Delivery(system);
    try (Meter meter = new Meter("Applied", "lines", 0)) {
      for (GivenFile file : files) delivery.put(file);
      List<FileAccount> accounts = delivery.await(meter::at);
      long lines = accounts.stream().mapToLong(FileAccount::lines).sum();
      double seconds = meter.taken().toMillis() / 1e3;
      System.err.printf(
          Locale.ROOT,
          "%,d lines of %,d files in %.1f s: %,.0f lines/s%n",
          lines,
          files.size(),
          seconds,
          lines / seconds);
      return accounts;
    }
  }

  /** A directory's log files, by name; what is not one is left out. */
  static List<Path> logs(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) throw new NoSuchFileException(path.toString());
      return List.of(path);
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> logs =
          all.filter(Files::isRegularFile)
              .filter(p -> p.getFileName().toString().matches("[^.].*\\.(gz|log|txt)"))
              .sorted()
              .toList();
      if (logs.isEmpty()) throw new WorkFailed(path + " holds no .gz, .log or .txt file");
      return logs;
    }
  }

  private void print(List<FileAccount> accounts) {
    Table table = new Table("file", "lines", "events", "rejected", "filtered", "duplicates");
    for (FileAccount a : accounts) {
      table.add(a.file(), a.lines(), a.events(), a.rejected(), a.filtered(), a.duplicates());
    }
    if (format.format() == Format.TABLE) {
      table.add(
          "total",
          accounts.stream().mapToLong(FileAccount::lines).sum(),
          accounts.stream().mapToLong(FileAccount::events).sum(),
          accounts.stream().mapToLong(FileAccount::rejected).sum(),
          accounts.stream().mapToLong(FileAccount::filtered).sum(),
          accounts.stream().mapToLong(FileAccount::duplicates).sum());
    }
    table.print(format.format(), System.out);
    for (FileAccount a : accounts) {
      if (!a.problem().isEmpty()) {
        System.err.println(
            a.file() + ": not read to its end: " + a.problem() + ". See: aqueduct bad");
      }
      if (!a.isWhole()) System.err.println(a.file() + ": lines are missing in the account");
    }
  }
}
