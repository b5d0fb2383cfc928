// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;

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

  /** Gunzips if the object starts as gzip, else hands its bytes out as they are. */
  static FileBytes open(SourceBytes source) throws IOException {
    boolean gzip =
        source.has(2)
            && (source.buffer()[source.at()] & 0xff) == Gunzip.MAGIC_1
            && (source.buffer()[source.at() + 1] & 0xff) == Gunzip.MAGIC_2;
    return gzip ? new Gunzip(source) : new PlainBytes(source);
  }
}
