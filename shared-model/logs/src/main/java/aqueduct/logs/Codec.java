// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.util.Locale;

/**
 * How messages lie in a packed record. Both are KPL records that any KCL reads; every record's
 * {@code ChunkHeader.codec} says which it is, so readers need no setting.
 */
public enum Codec {
  /** One user record: a zstd frame of length-delimited messages. A fifth to a quarter of KPL. */
  ZSTD,
  /** One user record per message: stock de-aggregators hand out single messages. */
  KPL;

  /** The codec of that name, in any case. Throws IllegalArgumentException naming the known ones. */
  public static Codec parse(String text) {
    for (Codec codec : values()) {
      if (codec.name().equalsIgnoreCase(text)) {
        return codec;
      }
    }
    throw new IllegalArgumentException("unknown codec '" + text + "': use zstd or kpl");
  }

  /** The name as it travels in a ChunkHeader: {@code zstd}, {@code kpl}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
