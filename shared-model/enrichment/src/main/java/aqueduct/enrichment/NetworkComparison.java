// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Two address databases -> the networks for which their answers differ, in the order of addresses.
 * Both trees are walked at once; a network is as large as both leave it whole.
 */
final class NetworkComparison {
  private static final ByteKey NOTHING = new ByteKey();
  private static final int BITS = 128;
  private static final int BEFORE_V4 = 96;
  private final Database before;
  private final Database after;
  private final Function<byte[], String> words;
  private final DatasetDiff.Counter counter;
  private final int[] groups = new int[8];
  private boolean v4Compared;

  /**
   * @param words what an answer is shown as
   */
  NetworkComparison(
      Database before,
      Database after,
      Function<byte[], String> words,
      DatasetDiff.Counter counter) {
    this.before = before;
    this.after = after;
    this.words = words;
    this.counter = counter;
  }

  /** A database, and what its records say, each made once. */
  static final class Database {
    private final MmdbFile file;
    private final Function<Map<?, ?>, byte[]> maker;
    private final Map<Integer, ByteKey> said = new HashMap<>();
    private final int v4Start;

    Database(MmdbFile file, Function<Map<?, ?>, byte[]> maker) {
      this.file = file;
      this.maker = maker;
      int node = 0;
      for (int i = 0; file.ipVersion() == 6 && i < BEFORE_V4 && node < file.nodes(); i++) {
        node = file.child(node, 0);
      }
      v4Start = node;
    }

    boolean isNode(int record) {
      return record < file.nodes();
    }

    int child(int record, int bit) {
      return isNode(record) ? file.child(record, bit) : record;
    }

    /** Empty where the database knows nothing. */
    ByteKey says(int record) throws IOException {
      if (record <= file.nodes()) {
        return NOTHING;
      }
      ByteKey known = said.get(record);
      if (known == null) {
        known =
            new ByteKey(maker.apply(file.value(record) instanceof Map<?, ?> map ? map : Map.of()));
        said.put(record, known);
      }
      return known;
    }
  }

  /** Where one has no IPv6 only IPv4 is compared. */
  void compare() throws IOException {
    if (before.file.ipVersion() == after.file.ipVersion() && before.file.ipVersion() == 6) {
      walk(0, 0, 0);
    } else {
      walk(before.v4Start, after.v4Start, BEFORE_V4);
    }
  }

  private void walk(int a, int b, int depth) throws IOException {
    boolean inner = before.isNode(a) || after.isNode(b);
    if (a == before.v4Start && b == after.v4Start && inner) {
      if (v4Compared) {
        return; // IPv6 ranges that stand for IPv4 lead here again
      }
      v4Compared = true;
    }
    if (inner && depth < BITS) {
      for (int bit = 0; bit < 2; bit++) {
        set(depth, bit);
        walk(before.child(a, bit), after.child(b, bit), depth + 1);
      }
      set(depth, 0);
      return;
    }
    ByteKey was = before.says(a);
    ByteKey is = after.says(b);
    if (!was.equals(is)) {
      boolean example = counter.differs(!was.equals(NOTHING), !is.equals(NOTHING));
      if (example) {
        counter.example(network(depth), words.apply(was.bytes()), words.apply(is.bytes()));
      }
    }
  }

  private void set(int depth, int bit) {
    int mask = 1 << (15 - (depth & 15));
    groups[depth >> 4] = bit == 0 ? groups[depth >> 4] & ~mask : groups[depth >> 4] | mask;
  }

  private String network(int depth) {
    CutAddress cut = new CutAddress();
    int version = depth >= BEFORE_V4 && isV4() ? 4 : 6;
    int bits = version == 4 ? depth - BEFORE_V4 : depth;
    if (version == 4) {
      cut.v4(groups[6] << 16 | groups[7], bits);
    } else {
      cut.v6(groups, bits);
    }
    return new String(cut.bytes(), 0, cut.length(), StandardCharsets.US_ASCII) + "/" + bits;
  }

  private boolean isV4() {
    for (int i = 0; i < BEFORE_V4 / 16; i++) {
      if (groups[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
