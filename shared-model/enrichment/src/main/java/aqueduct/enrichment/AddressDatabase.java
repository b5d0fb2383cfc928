// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Addresses -> what a MaxMind DB says of them. The walk finds an address's record; what a record
 * says is made once and kept by record, since 20,000 records serve all addresses of a site. Costs
 * no object where the record is kept. Thread-safe.
 */
final class AddressDatabase<T> {
  private static final int SETS = 1 << 15;

  /** Records that fall together are kept side by side, the newest first. */
  private static final int WAYS = 4;

  private final MmdbFile file;
  private final Maker<T> maker;
  private final int v4Start;
  private final AtomicReferenceArray<@Nullable Known<T>> known =
      new AtomicReferenceArray<>(SETS * WAYS);

  /** A decoded record -> what is kept of it. */
  interface Maker<T> {
    T make(Map<?, ?> record);
  }

  private record Known<T>(int record, T value) {}

  AddressDatabase(MmdbFile file, Maker<T> maker) {
    this.file = file;
    this.maker = maker;
    this.v4Start = file.ipVersion() == 6 ? leftmost(96) : 0;
  }

  /** Throws {@link CorruptDatasetException} if the file is no such database. */
  static <T> AddressDatabase<T> open(Path path, Maker<T> maker) throws IOException {
    return new AddressDatabase<>(MmdbFile.open(path), maker);
  }

  private int leftmost(int depth) {
    int node = 0;
    for (int i = 0; i < depth && node < file.nodes(); i++) {
      node = file.child(node, 0);
    }
    return node;
  }

  /** What is known of the address; null if the database does not know it. */
  @Nullable T find(IpAddress address) {
    int record = record(address);
    if (record <= file.nodes()) {
      return null; // the format's "no data"
    }
    int first = ((record * 0x9e3779b1) >>> 17) * WAYS;
    for (int slot = first; slot < first + WAYS; slot++) {
      Known<T> kept = known.get(slot);
      if (kept != null && kept.record == record) {
        return kept.value;
      }
    }
    return keep(first, new Known<>(record, make(record)));
  }

  /** Another thread may do the same: then one of them is made again later. */
  private T keep(int first, Known<T> newest) {
    for (int slot = first + WAYS - 1; slot > first; slot--) {
      known.set(slot, known.get(slot - 1));
    }
    known.set(first, newest);
    return newest.value;
  }

  private int record(IpAddress address) {
    if (address.version() == 4) {
      int node = v4Start;
      for (int bit = 31; bit >= 0 && node < file.nodes(); bit--) {
        node = file.child(node, address.v4() >>> bit & 1);
      }
      return node;
    }
    int node = 0;
    for (int i = 0; i < 128 && node < file.nodes(); i++) {
      node = file.child(node, address.groups()[i >> 4] >>> (15 - (i & 15)) & 1);
    }
    return file.ipVersion() == 4 ? 0 : node;
  }

  private T make(int record) {
    try {
      return maker.make(file.value(record) instanceof Map<?, ?> map ? map : Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException("a geo dataset is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Reads every record once. Throws {@link CorruptDatasetException} for the first that is damaged.
   */
  void verify() throws IOException {
    BitSet seen = new BitSet();
    for (int node = 0; node < file.nodes(); node++) {
      for (int bit = 0; bit < 2; bit++) {
        int record = file.child(node, bit);
        if (record < 0) {
          throw new CorruptDatasetException("its search tree points out of the file");
        }
        if (record > file.nodes() && !seen.get(file.offset(record))) {
          seen.set(file.offset(record));
          file.value(record);
        }
      }
    }
  }
}
