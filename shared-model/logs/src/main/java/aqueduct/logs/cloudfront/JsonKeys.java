// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

import aqueduct.logs.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of a file's objects -> their fields, remembered by their bytes: the objects of a file
 * have the same keys, so a key costs an object the first time only. Not more than {@link #KEPT} are
 * remembered.
 */
final class JsonKeys {
  private static final int KEPT = 256;
  private static final int SLOTS = 1024;
  private final Key[] slots = new Key[SLOTS];
  private int kept;

  /** One key: its field, and the line that had it last. */
  static final class Key {
    private final byte[] name;
    final Field field;
    private final Field extra;
    private int lastLine = -1;

    private Key(byte[] name) {
      this.name = name;
      String text = new String(name, StandardCharsets.UTF_8);
      field = Field.standard(text);
      extra = Field.extra(text);
    }

    boolean is(byte[] buffer, int from, int to) {
      return Arrays.equals(name, 0, name.length, buffer, from, to);
    }

    /** The field for this line: a key that comes twice is extra the second time. */
    Field of(int line) {
      boolean first = lastLine != line;
      lastLine = line;
      return first ? field : extra;
    }
  }

  Key find(byte[] buffer, int from, int to) {
    int slot = (int) (RequestId.hash(buffer, from, to) >>> 32) & (SLOTS - 1);
    while (true) {
      Key key = slots[slot];
      if (key == null) {
        Key added = new Key(Arrays.copyOfRange(buffer, from, to));
        if (kept < KEPT) {
          slots[slot] = added;
          kept++;
        }
        return added;
      }
      if (key.is(buffer, from, to)) {
        return key;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }
}
