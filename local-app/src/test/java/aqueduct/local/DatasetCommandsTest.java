// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datasets that are built and compared, and visitor keys that go, as a user types it. */
class DatasetCommandsTest extends OnDatasets {
  @Test
  void two_days_are_compared_by_what_their_versions_answer() throws IOException {
    add("bots", "2026-01-06", LIST);
    add(
        "bots",
        "2026-02-06",
        "version: 2\nbots: {other: {somebot: Else, newbot: Newbot}}\n"
            .getBytes(StandardCharsets.UTF_8));
    Cli counts = diff("--format", "csv");
    assertThat(counts.lines()).contains("bots,2026-01-06,2026-02-06,1,0,2");
    assertThat(counts.lines()).contains("geo-city,2019-11-19,2019-11-19,0,0,0");
    assertThat(diff("bots", "--entries", "--format", "csv").lines())
        .contains("bots,bots / other / somebot,Somebot,Else")
        .contains("bots,bots / other / newbot,,Newbot");
    assertThat(diff("weather").status()).isEqualTo(2);
  }

  private Cli diff(String... more) {
    String[] fixed = {"dataset", "diff", "2026-01-10", "2026-02-10", "--data", data()};
    return Cli.run(Cli.with(fixed, more));
  }

  private void add(String name, String date, byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("file"), bytes);
    Cli cli = Cli.run("dataset", "add", name, "--date", date, file.toString(), "--data", data());
    assertThat(cli.status()).as(cli.err()).isZero();
  }

  @Test
  void the_agents_of_logs_become_a_dictionary_which_is_the_same_for_the_same_logs()
      throws IOException {
    String line = "2026-01-06\t10:00:00\t200\t/\tAgent%20";
    Path logs = Files.createDirectories(directory.resolve("logs"));
    Files.writeString(logs.resolve("a.log"), header() + line + "One/1\n" + line + "Two/2\n");
    Files.writeString(logs.resolve("b.log"), header() + line + "Two/2\n" + line + "Three/3\n");
    Cli built = build("d1", logs.toString(), "--most", "2", "--least", "1");
    assertThat(built.status()).as(built.err()).isZero();
    assertThat(built.err()).contains("4 requests, 3 agents; 2 of them", "75.00 %");
    assertThat(built.lines().get(1)).startsWith("user-agents,2026-01-07,");
    Cli again =
        build(
            "d2",
            logs.resolve("b.log").toString(),
            logs.resolve("a.log").toString(),
            "--most",
            "2",
            "--least",
            "1");
    assertThat(sha(again)).isEqualTo(sha(built));
    assertThat(build("d3", logs.resolve("b.log").toString(), "--least", "1").lines())
        .doesNotContain(sha(built));
    assertThat(build("d4").status()).isEqualTo(2);
  }

  @Test
  void rare_agents_are_in_no_dictionary_as_they_tell_of_viewers() throws IOException {
    String line = "2026-01-06\t10:00:00\t200\t/\tAgent%20";
    Path logs = Files.createDirectories(directory.resolve("logs"));
    Files.writeString(
        logs.resolve("a.log"),
        header() + (line + "Common/1\n").repeat(3) + (line + "Rare/2\n").repeat(2));

    assertThat(build("d1", logs.toString()).err()).contains("5 requests, 2 agents; 1 of them");
    Cli none = build("d2", logs.toString(), "--least", "4");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("No agent has 4 requests or more: see --least");
  }

  private static String header() {
    return "#Fields: date time sc-status cs-uri-stem cs(User-Agent)\n";
  }

  private static String sha(Cli cli) {
    return cli.lines().get(1).split(",", -1)[3];
  }

  private Cli build(String data, String... more) {
    String[] fixed = {
      "dataset",
      "build",
      "user-agents",
      "--data",
      directory.resolve(data).toString(),
      "--format",
      "csv"
    };
    return Cli.run(Cli.with(fixed, more));
  }

  @Test
  void keys_of_days_are_listed_and_destroyed_for_good() throws IOException {
    Path keys = Files.createDirectories(directory.resolve("keys"));
    for (String day : List.of("2026-01-05", "2026-01-06", "2026-01-07")) {
      Files.writeString(keys.resolve(day + ".key"), "0".repeat(64));
    }
    assertThat(keys(keys, "destroy", "--before", "2026-01-06").out()).contains("2026-01-05");
    assertThat(keys(keys, "destroy", "2026-01-07", "2026-01-09").status()).isZero();
    assertThat(keys(keys, "ls", "--format", "csv").lines())
        .containsExactly(
            "day,key",
            "2026-01-05,destroyed",
            "2026-01-06,kept",
            "2026-01-07,destroyed",
            "2026-01-09,destroyed");
    assertThat(keys.resolve("2026-01-07.key")).doesNotExist();
    assertThat(keys(keys, "destroy").status()).isEqualTo(2);
    assertThat(keys(keys, "destroy", "yesterday").err()).contains("yesterday is no day");
    assertThat(Cli.run("keys", "ls").err()).contains("Where are the keys?");
  }

  private static Cli keys(Path keys, String... command) {
    String[] first = {"keys"};
    return Cli.run(Cli.with(Cli.with(first, command), "--keys", keys.toString()));
  }
}
