// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.io.IOException;

/**
 * A file's bytes -> the same, up to the limits. The ratio is looked at after each whole MiB of
 * output, whatever the sizes of reads, so that the same file stops at the same byte.
 */
final class LimitedBytes implements FileBytes {
  private static final long STEP = 1L << 20;

  private final FileBytes bytes;
  private final ReadLimits limits;
  private long produced;

  LimitedBytes(FileBytes bytes, ReadLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (produced > 0 && produced % STEP == 0) {
      requireRatio();
    }
    long room = Math.min(STEP - produced % STEP, Math.max(1, limits.maxBytes() - produced));
    int count = bytes.read(target, from, (int) Math.min(length, room));
    if (count > 0) {
      if (produced + count > limits.maxBytes()) {
        throw tooMany(limits);
      }
      produced += count;
    }
    return count;
  }

  static DamagedFileException tooMany(ReadLimits limits) {
    return new DamagedFileException(
        "too_many_bytes",
        "The file is longer than the limit of "
            + limits.maxBytes()
            + " bytes when decompressed: raise the limit if it is a true log file.");
  }

  private void requireRatio() throws DamagedFileException {
    if (produced / limits.maxRatio() > bytes.consumed()) {
      throw new DamagedFileException(
          "too_compressed",
          "The file decompresses to more than "
              + limits.maxRatio()
              + " times its size, which logs do not: raise the limit if it is a true log file.");
    }
  }

  @Override
  public long consumed() {
    return bytes.consumed();
  }

  @Override
  public String container() {
    return bytes.container();
  }

  @Override
  public void close() {
    bytes.close();
  }
}
