// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;
import java.util.Optional;

/** The bytes of a log file, in order, whatever it is wrapped in. */
interface FileBytes extends AutoCloseable {

  /**
   * Reads at least one byte into {@code target[from, from + length)} and returns how many; -1 at
   * the end. What was readable before damage is returned before {@link DamagedFileException} is
   * thrown; any other IOException is the transport's.
   */
  int read(byte[] target, int from, int length) throws IOException;

  /** Bytes of the object that were needed for what {@code read} has returned. */
  long consumed();

  @Override
  void close();

  /** The name of what the bytes were in, if they are rows of a {@link FileContainer}. */
  default String container() {
    return "";
  }

  /** Opens what the object is in: gzip, a container of rows, or nothing. */
  static FileBytes open(SourceBytes source, ReadLimits limits) throws IOException {
    Optional<FileContainer> container = ContainerBytes.of(source);
    if (container.isPresent()) {
      return new LimitedBytes(ContainerBytes.open(container.get(), source, limits), limits);
    }
    boolean gzip =
        source.has(2)
            && (source.buffer()[source.at()] & 0xff) == Gunzip.MAGIC_1
            && (source.buffer()[source.at() + 1] & 0xff) == Gunzip.MAGIC_2;
    return new LimitedBytes(gzip ? new Gunzip(source) : new PlainBytes(source), limits);
  }
}
