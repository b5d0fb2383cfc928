// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/**
 * Versions of datasets -> what is made of their bytes, each opened once while it is in use. Throws
 * UncheckedIOException, which names the version, for one that cannot be read or is not what its
 * manifest says. Thread-safe.
 */
final class OpenedDatasets {
  private static final int MOST = 64;
  private final DatasetCatalogue catalogue;
  private final Cache<Object, Object> opened = Caffeine.newBuilder().maximumSize(MOST).build();

  OpenedDatasets(DatasetCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Bytes -> what is made of them. */
  interface Opener<T> {
    T open(InputStream in) throws IOException;
  }

  /** What the same opener makes of the version. */
  <T> T open(DatasetVersion version, Opener<T> opener) {
    return once(version, () -> opened(version, opener));
  }

  /** What is made for that key, which stands for all that it is made of. */
  @SuppressWarnings("unchecked") // one key is always of one type
  synchronized <T> T once(Object key, Supplier<T> maker) {
    Object known = opened.getIfPresent(key);
    if (known == null) {
      known = maker.get();
      opened.put(key, known);
    }
    return (T) known;
  }

  private <T> T opened(DatasetVersion version, Opener<T> opener) {
    try (InputStream in = catalogue.open(version)) {
      return opener.open(in);
    } catch (IOException | RuntimeException e) {
      throw new UncheckedIOException(
          "dataset "
              + version.name()
              + " of "
              + version.date()
              + " cannot be used ("
              + e.getMessage()
              + "): verify it with `aqueduct dataset verify`",
          e instanceof IOException io
              ? io
              : new CorruptDatasetException(String.valueOf(e.getMessage())));
    }
  }

  /** A database is mapped, so it needs a file; the file goes when the process ends. */
  static MmdbFile mapped(InputStream in) throws IOException {
    Path file = Files.createTempFile("aqueduct-", ".mmdb");
    file.toFile().deleteOnExit();
    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    return MmdbFile.open(file);
  }
}
