// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collections -> unchangeable ones in natural order, so that equal settings have equal texts. */
final class Ordered {
  private Ordered() {}

  static <K extends Comparable<? super K>, V> Map<K, V> map(Map<K, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  static <T extends Comparable<? super T>> Set<T> set(Collection<T> set) {
    return Collections.unmodifiableSet(new TreeSet<>(set));
  }
}
