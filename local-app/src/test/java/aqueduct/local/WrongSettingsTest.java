// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that nothing is started with: which one, what it is, and what is allowed. */
class WrongSettingsTest {
  @TempDir Path directory;

  private Path config(String settings) throws IOException {
    return Files.writeString(directory.resolve("mine.yml"), settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aqueduct.streamify.lease: 2x | aqueduct.streamify.lease is 2x: must be a duration such as",
        "aqueduct.streamify.lease: 1s | aqueduct.streamify.lease is 1s: must be longer than or"
            + " equal to 3 seconds",
        "aqueduct.read-limits.max-bytes: many | aqueduct.read-limits.max-bytes is many: must be a"
            + " size such as",
        "aqueduct.read-limits.max-ratio: 2 | aqueduct.read-limits.max-ratio is 2: must be greater"
            + " than or equal to 10",
        "aqueduct.read-limits.max-line: 1GB | aqueduct.read-limits.max-line is 1GB: must be",
        "aqueduct.streamify.codec: gzip | aqueduct.streamify.codec is gzip: must be zstd or kpl",
        "aqueduct.enrich.threads: 1000 | aqueduct.enrich.threads is 1000: must be less than or"
            + " equal to 256",
        "aqueduct.enrich.codex: kpl | aqueduct.enrich.codex is kpl: there is no such setting",
        "aqueduct.enrihc.codec: kpl | aqueduct.enrihc.codec is kpl: there is no such setting",
        "aqueduct.aggregate.window: 2h | aqueduct.aggregate.window is 2h: must be shorter than or"
            + " equal to 1 hour",
        "aqueduct.backup.multipart.part-size: 1MB | aqueduct.backup.multipart.part-size is 1MB:"
            + " must be 5MB to 5GB",
        "aqueduct.backup.backup-bucket: nowhere | aqueduct.backup.backup-bucket is nowhere: must be"
            + " one of the buckets",
        "aqueduct.buckets.ingest.name: In_Gest | aqueduct.buckets.ingest.name is In_Gest: must be 3"
            + " to 63 small letters",
        "aqueduct.buckets.ingest.notifies: nobody | aqueduct.buckets.ingest.notifies is nobody:"
            + " must be one of arrived-files",
        "aqueduct.pipes.raw-logs.codec: gzip | aqueduct.pipes.raw-logs.codec is gzip: must be zstd"
            + " or kpl",
        "'aqueduct.pipes.raw-logs.from: [streamify, backup]' | aqueduct.pipes.raw-logs.from is"
            + " [streamify, backup]: a pipe has one writer",
        "'aqueduct.pipes.raw-logs.to: [enirch]' | aqueduct.pipes.raw-logs.to is enirch: there is no"
            + " such element",
        "spring.cloud.stream.bindings.enrich-in-0.destination: raw-log |"
            + " spring.cloud.stream.bindings.enrich-in-0.destination is raw-log: must be one of",
      })
  void a_wrong_setting_is_named_with_its_place_its_value_and_what_is_allowed(
      String setting, String message) throws IOException {
    Path config = config("# mine\n" + setting + "\n");
    Cli run = Cli.run("run", "--config", config.toString(), "--data", data(), config.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message).contains("mine.yml:2").doesNotContain("\tat ");
    assertThat(Cli.run("validate", "--config", config.toString()))
        .satisfies(cli -> assertThat(cli.status()).isEqualTo(1))
        .satisfies(cli -> assertThat(cli.out()).contains("mine.yml:2"));
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  @Test
  void settings_of_real_time_logs_and_of_the_correction_are_known() throws IOException {
    Path config =
        config(
            """
            aqueduct:
              streamify:
                lease: 1m
                realtime.fields: {2026-11-24: [timestamp, sc-status, cs-uri-stem]}
              correction.lateness: 5d
            """);
    assertThat(Cli.run("validate", "--config", config.toString()).out())
        .isEqualToIgnoringNewLines("All settings are right");
    Path wrong = config("aqueduct.streamify.realtime.field: {2026-11-24: all}\n");
    assertThat(Cli.run("validate", "--config", wrong.toString()).out())
        .contains("aqueduct.streamify.realtime.field.2026-11-24", "there is no such setting");
  }

  @Test
  void the_topology_itself_is_right() {
    assertThat(Cli.run("validate").out()).isEqualToIgnoringNewLines("All settings are right");
  }

  @Test
  void a_file_that_is_not_yaml_and_one_that_is_not_there_are_told() throws IOException {
    Path config = config("aqueduct:\n  enrich: {codec: kpl\n");
    Cli run = Cli.run("up", "--config", config.toString(), "--data", data());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("mine.yml:").contains("is not YAML").doesNotContain("\tat ");
    assertThat(Cli.run("validate", "--config", "nowhere.yml").err())
        .contains("nowhere.yml: there is no such file");
  }
}
