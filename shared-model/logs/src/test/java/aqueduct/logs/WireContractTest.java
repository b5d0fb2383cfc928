// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The wire of the last release, field by field, against the protobuf files: numbers, names and
 * types stay for ever; fields may be added. A release appends what is new to {@code
 * wire-contract.txt}.
 */
class WireContractTest {
  @Test
  void no_field_of_the_last_release_is_gone_renumbered_renamed_or_of_another_type()
      throws Exception {
    List<String> released;
    try (InputStream in = WireContractTest.class.getResourceAsStream("wire-contract.txt")) {
      released = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<String> now =
        Stream.of(
                ChunkHeader.getDescriptor(),
                RawLog.getDescriptor(),
                EnrichedLog.getDescriptor(),
                Rejection.getDescriptor())
            .flatMap(WireContractTest::fields)
            .toList();

    assertThat(released).hasSizeGreaterThan(150);
    assertThat(now).containsAll(released);
  }

  private static Stream<String> fields(Descriptor type) {
    return type.getFields().stream().map(field -> type.getName() + ' ' + describe(field));
  }

  private static String describe(FieldDescriptor field) {
    String kind = field.isMapField() ? "map" : field.getType().toString().toLowerCase();
    return "%d %s%s%s %s"
        .formatted(
            field.getNumber(),
            field.isRepeated() && !field.isMapField() ? "repeated " : "",
            field.hasPresence() ? "optional " : "",
            kind,
            field.getName());
  }
}
