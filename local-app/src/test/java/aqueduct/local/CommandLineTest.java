// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What users are told to type. */
class CommandLineTest {
  private static final String START = "./aqueduct ";
  @TempDir Path directory;

  /** All commands and their subcommands. */
  static Stream<CommandLine> commands() {
    return all(Main.commandLine()).skip(1);
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandLineTest::all));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_an_example_of_itself(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName().replaceFirst("aqueduct ", START);
    assertThat(command.getUsageMessage()).contains("Examples:").contains(name);
  }

  /** Examples of help texts and of the READMEs and docs. */
  static Stream<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    commands().forEach(c -> examples.addAll(lines(Arrays.asList(c.getUsageMessage().split("\n")))));
    Path home = SharedPipeline.home();
    try (Stream<Path> files = Files.walk(home, 2)) {
      for (Path file : files.filter(p -> p.toString().endsWith(".md")).toList()) {
        examples.addAll(lines(Files.readAllLines(file)));
      }
    }
    return examples.stream().distinct();
  }

  private static List<String> lines(List<String> text) {
    return text.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(START))
        .map(line -> line.substring(START.length()).replaceFirst("\\s+#.*", ""))
        .filter(line -> !line.startsWith("bench ")) // the launcher hands these to the module bench
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_a_command_line_that_is_understood(String example) {
    assertThatCode(() -> Main.commandLine().parseArgs(words(example))).doesNotThrowAnyException();
  }

  /** As a shell splits them, where nothing but quotes is special. */
  private static String[] words(String line) {
    return Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
        .matcher(line)
        .results()
        .map(word -> word.group().replaceAll("^(['\"])(.*)\\1$", "$2"))
        .toArray(String[]::new);
  }

  @Test
  void the_cases_in_the_help_of_test_pass() throws IOException {
    String[] footer =
        Main.commandLine().getSubcommands().get("test").getCommandSpec().usageMessage().footer();
    String cases =
        Arrays.stream(footer)
            .dropWhile(line -> !line.strip().equals("cases:"))
            .takeWhile(line -> !line.isEmpty())
            .map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
    Path file = Files.writeString(directory.resolve("cases.yml"), cases);
    Cli run = Cli.run("test", file.toString());
    assertThat(run.out()).contains("1 case, 0 failed");
    assertThat(Cli.run("dataset", "fetch", "nothing").err())
        .contains("aqueduct dataset fetch --help");
  }

  @Test
  void wrong_usage_is_told_with_exit_status_2() {
    assertThat(Cli.run("run").status()).isEqualTo(2);
    assertThat(Cli.run("metrics", "--grain", "7m", "--data", directory.toString()).status())
        .isNotZero();
    assertThat(Cli.run("flow").status()).isEqualTo(2);
    assertThat(Cli.run("gen", "--events", "0", "--out", directory.toString()))
        .satisfies(cli -> assertThat(cli.status()).isEqualTo(2))
        .satisfies(cli -> assertThat(cli.err()).contains("events is 0: must be 1 to 2000000000"));
  }

  @Test
  void nothing_stored_and_no_such_file_are_told_with_exit_status_1() {
    Cli metrics = Cli.run("metrics", "--data", directory.toString());
    assertThat(metrics.status()).isEqualTo(1);
    assertThat(metrics.err()).contains("Nothing is stored in").doesNotContain("\tat ");
    Cli run = Cli.run("run", "--data", directory.toString(), "no-such-file.gz");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("no-such-file.gz: there is no such file")
        .doesNotContain("\tat ");
  }

  @Test
  void a_dataset_is_added_once_listed_and_verified_until_its_file_is_changed() throws IOException {
    String list = "version: mine\nbots: {other: {somebot: Somebot}}\n";
    Path file = Files.writeString(directory.resolve("bots.yml"), list);
    String data = directory.resolve("data").toString();
    String[] add = {
      "dataset", "add", "bots", "--date", "2026-01-06", file.toString(), "--data", data
    };
    assertThat(Cli.run(add)).satisfies(cli -> assertThat(cli.status()).as(cli.err()).isZero());
    assertThat(Cli.run(add).err()).contains("is there already");
    assertThat(Cli.run("dataset", "ls", "--data", data, "--format", "csv").lines())
        .anyMatch(line -> line.startsWith("bots,2026-01-06," + list.length() + ","))
        .anyMatch(line -> line.startsWith("geo-city,2019-11-19,"));
    assertThat(Cli.run("dataset", "verify", "--data", data).status()).isZero();
    Files.writeString(directory.resolve("data/datasets/bots/2026-01-06/bots.yml"), "- Other\n");
    Cli verify = Cli.run("dataset", "verify", "--data", data);
    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.out()).contains("fetch or add it again");
  }
}
