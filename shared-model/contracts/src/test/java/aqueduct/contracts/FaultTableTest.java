// SPDX-License-Identifier: Apache-2.0
package aqueduct.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/faults.md says nothing that is not there, and leaves nothing out silently. */
class FaultTableTest {
  private static final Path ROOT = Path.of(System.getProperty("aqueduct.root", "../.."));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([TG]?\\d+) \\|.*\\| ([^|]*) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
  private static Map<String, String> rows = new TreeMap<>();
  private static Map<String, List<Path>> sources = Map.of();

  @BeforeAll
  static void read() throws IOException {
    Matcher matcher = ROW.matcher(Files.readString(ROOT.resolve("docs/faults.md")));
    matcher
        .results()
        .forEach(
            row ->
                assertThat(rows.put(row.group(1), row.group(2)))
                    .as("row %s stands once", row.group(1))
                    .isNull());
    try (Stream<Path> files = Files.walk(ROOT)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    }
  }

  @Test
  void every_trap_every_fault_and_every_golden_case_has_its_row() {
    List<String> expected =
        Stream.of(rows("T", 10), rows("", 58), rows("G", 13)).flatMap(all -> all).toList();

    assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Stream<String> rows(String kind, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(i -> kind + i);
  }

  @Test
  void a_row_names_tests_or_says_why_it_has_none() {
    rows.forEach(
        (row, cell) ->
            assertThat(TEST.matcher(cell).find() || cell.matches("left: \\S.+"))
                .as("row %s: %s", row, cell)
                .isTrue());
  }

  @Test
  void every_test_that_is_named_exists() {
    rows.forEach(
        (row, cell) ->
            TEST.matcher(cell)
                .results()
                .forEach(
                    test -> assertThat(exists(test)).as("row %s: %s", row, test.group()).isTrue()));
  }

  private static boolean exists(MatchResult test) {
    return sources.getOrDefault(test.group(1) + ".java", List.of()).stream()
        .map(FaultTableTest::text)
        .anyMatch(text -> text.contains("void " + test.group(2) + "("));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
