// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * An object in a container -> the lines of its rows. The object is first written to a temporary
 * file, at most as long as the limit allows; closing deletes it.
 */
final class ContainerBytes implements FileBytes {
  private final String name;
  private final Path file;
  private final long length;
  private final InputStream rows;

  private ContainerBytes(String name, Path file, InputStream rows) throws IOException {
    this.name = name;
    this.file = file;
    this.rows = rows;
    length = Files.size(file);
  }

  /** The container that the object begins like, if it is one. */
  static Optional<FileContainer> of(SourceBytes source) throws IOException {
    for (FileContainer container : Containers.ALL) {
      byte[] magic = container.magic();
      if (source.has(magic.length)
          && Arrays.equals(
              source.buffer(), source.at(), source.at() + magic.length, magic, 0, magic.length)) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }

  static FileBytes open(FileContainer container, SourceBytes source, ReadLimits limits)
      throws IOException {
    Path file = Files.createTempFile("aqueduct-", '.' + container.name());
    boolean opened = false;
    try {
      if (!spool(source, file, limits.maxBytes())) {
        return new DamagedBytes(LimitedBytes.tooMany(limits), container.name());
      }
      FileBytes bytes = new ContainerBytes(container.name(), file, container.rows(file));
      opened = true;
      return bytes;
    } catch (EndOfTransfer e) {
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      return new DamagedBytes(damaged(container.name(), e), container.name());
    } finally {
      if (!opened) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** False if the object is longer than the limit. */
  private static boolean spool(SourceBytes source, Path file, long maxBytes) {
    try (OutputStream out = Files.newOutputStream(file)) {
      long length = 0;
      while (source.has(1)) {
        int count = source.end() - source.at();
        length += count;
        if (length > maxBytes) {
          return false;
        }
        out.write(source.buffer(), source.at(), count);
        source.skip(count);
      }
      return true;
    } catch (IOException e) {
      throw new EndOfTransfer(e);
    }
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    try {
      return rows.read(target, from, count);
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
  }

  private static DamagedFileException damaged(String container, Exception e) {
    return new DamagedFileException(
        "damaged_" + container,
        "The "
            + container
            + " file is damaged, or of a kind that cannot be read ("
            + e.getClass().getSimpleName()
            + "). Get it again from its source, or leave it out.");
  }

  @Override
  public long consumed() {
    return length;
  }

  @Override
  public String container() {
    return name;
  }

  @Override
  public void close() {
    try {
      rows.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary file " + file + " cannot be deleted", e);
    }
  }

  /** The transport's or the disk's trouble, which is no verdict on the file. */
  private static final class EndOfTransfer extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    EndOfTransfer(IOException cause) {
      super(cause);
      this.cause = cause;
    }

    @Override
    public synchronized IOException getCause() {
      return cause;
    }
  }

  /** A file of which nothing can be read. */
  private record DamagedBytes(DamagedFileException damage, String container) implements FileBytes {
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      throw damage;
    }

    @Override
    public long consumed() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** Looked up once, on first use. */
  private static final class Containers {
    static final List<FileContainer> ALL =
        ServiceLoader.load(FileContainer.class, FileContainer.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }
}
