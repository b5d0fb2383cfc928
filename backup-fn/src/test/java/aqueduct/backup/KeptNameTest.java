// SPDX-License-Identifier: Apache-2.0
package aqueduct.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptNameTest {

  @ParameterizedTest
  @CsvSource({
    "logs/E1.2026-11-23-10.ab12.gz, 5d41402abc4b2a76b9719d911017c592, logs/E1.2026-11-23-10.ab12~5d41402a.gz",
    "E1.gz, 5d41402abc4b2a76b9719d911017c592-3, E1~5d41402a.gz",
    "no-extension, 5d41402abc4b2a76b9719d911017c592, no-extension~5d41402a",
    "a.b/c, 5d41402abc4b2a76b9719d911017c592, a.b/c~5d41402a",
    "a/.hidden, 5d41402abc4b2a76b9719d911017c592, a/.hidden~5d41402a",
    "a/, 5d41402abc4b2a76b9719d911017c592, a/~5d41402a"
  })
  void the_mark_stands_before_the_extension(String key, String etag, String beside) {
    assertThat(KeptName.beside(key, etag)).isEqualTo(beside);
  }

  @Test
  void an_etag_of_another_form_is_hashed_to_eight_digits() {
    assertThat(KeptName.beside("k.gz", "W/what?ever")).matches("k~[0-9a-f]{8}\\.gz");
    assertThat(KeptName.beside("k.gz", "W/what?ever"))
        .isNotEqualTo(KeptName.beside("k.gz", "W/other"));
  }

  @Test
  void a_long_key_is_cut_between_characters_to_the_limit() {
    String beside = KeptName.beside("😀".repeat(255) + ".gz", "5d41402abc4b2a76b9719d911017c592");
    assertThat(beside.getBytes(StandardCharsets.UTF_8).length).isBetween(1021, 1024);
    assertThat(beside).endsWith("😀~5d41402a.gz");
  }
}
