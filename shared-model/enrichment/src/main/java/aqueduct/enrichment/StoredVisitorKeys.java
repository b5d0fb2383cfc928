// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Random keys, one per UTC day, in a folder: {@code <day>.key}, made when the day is first asked
 * for. Destroying one leaves {@code <day>.destroyed} in its place, so that no other key ever takes
 * it. The first of several that make a day's key at once wins, and all use that.
 */
public final class StoredVisitorKeys implements VisitorKeys {
  private static final String KEY = ".key";
  private static final String DESTROYED = ".destroyed";
  private static final String LASTING = "lasting";
  private final ObjectFolder folder;
  private final SecureRandom random = new SecureRandom();

  public StoredVisitorKeys(ObjectFolder folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> ofDay(LocalDate day) {
    return key(day.toString());
  }

  @Override
  public Optional<byte[]> lasting() {
    return key(LASTING);
  }

  private Optional<byte[]> key(String name) {
    try {
      if (folder.read(name + DESTROYED).isPresent()) {
        return Optional.empty();
      }
      Optional<byte[]> kept = folder.read(name + KEY);
      if (kept.isEmpty()) {
        byte[] made = new byte[32];
        random.nextBytes(made);
        folder.create(
            name + KEY, HexFormat.of().formatHex(made).getBytes(StandardCharsets.US_ASCII));
        if (folder.read(name + DESTROYED).isPresent()) {
          folder.delete(name + KEY); // destroyed in the meantime
          return Optional.empty();
        }
        kept = folder.read(name + KEY);
      }
      return kept.map(text -> parsed(name, text));
    } catch (IOException e) {
      throw new UncheckedIOException("the store of visitor keys does not answer", e);
    }
  }

  private static byte[] parsed(String name, byte[] text) {
    String hex = new String(text, StandardCharsets.US_ASCII).strip();
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalStateException(
          "the visitor key " + name + KEY + " is damaged: it must be 64 digits of hex");
    }
    return HexFormat.of().parseHex(hex);
  }

  /** The days whose keys exist or were destroyed -> whether they exist. */
  public Map<LocalDate, Boolean> days() throws IOException {
    Map<LocalDate, Boolean> days = new ConcurrentHashMap<>();
    for (String name : folder.names()) {
      if (name.matches("\\d{4}-\\d\\d-\\d\\d\\.(key|destroyed)")) {
        days.merge(LocalDate.parse(name.substring(0, 10)), name.endsWith(KEY), Boolean::logicalAnd);
      }
    }
    return Ordered.map(days);
  }

  /**
   * Destroys the keys of all days before that one which have one; answers those days. From then on
   * their ids cannot be made again by anyone.
   */
  public List<LocalDate> destroyBefore(LocalDate day) throws IOException {
    List<LocalDate> due =
        days().entrySet().stream()
            .filter(entry -> entry.getValue() && entry.getKey().isBefore(day))
            .map(Map.Entry::getKey)
            .toList();
    for (LocalDate old : due) {
      destroy(old.toString());
    }
    return due;
  }

  /** Destroys the key of one day, and lets none be made for it where there was none yet. */
  public void destroy(LocalDate day) throws IOException {
    destroy(day.toString());
  }

  /** Destroys the key of the ids that last. */
  public void destroyLasting() throws IOException {
    destroy(LASTING);
  }

  private void destroy(String name) throws IOException {
    folder.create(name + DESTROYED, new byte[0]); // first: from here on nobody makes it again
    folder.delete(name + KEY);
  }
}
