// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.servers.ServersSettings.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  @Test
  void an_empty_address_is_none_and_all_servers_are_started() {
    Arguments read = Arguments.of("--data", "d", "--ports", "s3=9000", "--aws", "");
    assertThat(read.aws()).isEmpty();
    assertThat(read.settings().servers()).containsExactly(Server.values());
    assertThat(read.settings().port(Server.S3)).isEqualTo(9000);
  }

  @Test
  void with_an_aws_elsewhere_only_postgresql_is_started_on_its_port() {
    Arguments read =
        Arguments.of(
            "--data",
            "d",
            "--topology",
            "t.yml",
            "--ports",
            "s3=9000,postgres=5432",
            "--aws",
            "http://127.0.0.1:4566");
    assertThat(read.settings().servers()).containsExactly(Server.POSTGRES);
    assertThat(read.settings().port(Server.POSTGRES)).isEqualTo(5432);
    assertThat(read.settings().fsync()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                    | --data is missing",
        "--date d                            | There is no option --date",
        "--data                              | --data needs a value",
        "--aws http://127.0.0.1:4566         | --aws needs a --topology",
        "--aws 127.0.0.1:4566 --topology t   | is no address",
        "--data d --ports s4=1               | there is no server s4",
        "--data d --ports s3                 | is not NAME=PORT",
        "--data d --wait long                | is no number",
      })
  void what_is_wrong_is_named(String line, String message) {
    String[] args = line == null ? new String[0] : line.split(" ");
    assertThatThrownBy(() -> Arguments.of(args))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
