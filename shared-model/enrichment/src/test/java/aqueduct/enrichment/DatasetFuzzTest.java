// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import aqueduct.logs.Fuzzing;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 37 and 38: whatever the bytes of a dataset, refused or read, soon, and never more. */
class DatasetFuzzTest {
  static Stream<Arguments> targets() {
    return Stream.of(
        target("mmdb", MmdbFuzz::fuzzerTestOneInput),
        target("dictionary", DictionaryFuzz::fuzzerTestOneInput),
        target("list", ListFuzz::fuzzerTestOneInput));
  }

  private static Arguments target(String corpus, Consumer<byte[]> target) {
    return Arguments.of(corpus, target);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void no_input_breaks_a_reader(String corpus, Consumer<byte[]> target) {
    Fuzzing.run(target, corpus);
  }
}
