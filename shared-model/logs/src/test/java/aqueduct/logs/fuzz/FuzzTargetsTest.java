// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.fuzz;

import aqueduct.logs.Fuzzing;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 2, 16, 18 to 21 and 32: whatever the bytes, an answer, soon, and never an exception. */
class FuzzTargetsTest {
  static Stream<Arguments> targets() {
    return Stream.of(
        target("file", FileFuzz::fuzzerTestOneInput),
        target("gzip", GzipFuzz::fuzzerTestOneInput),
        target("json", JsonFuzz::fuzzerTestOneInput),
        target("notice", NoticeFuzz::fuzzerTestOneInput),
        target("record", RecordFuzz::fuzzerTestOneInput),
        target("realtime", RealtimeFuzz::fuzzerTestOneInput));
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
