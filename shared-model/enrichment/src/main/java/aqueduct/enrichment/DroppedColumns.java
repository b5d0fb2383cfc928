// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The name of a column without a field of its own -> whether it must not travel. */
final class DroppedColumns {
  private final Set<ByteKey> names;
  private final ByteKey name = new ByteKey();

  DroppedColumns(Collection<String> names) {
    this.names =
        names.stream()
            .map(text -> new ByteKey(text.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.toUnmodifiableSet());
  }

  boolean has(byte[] text, int from, int to) {
    return names.contains(name.set(text, from, to));
  }
}
