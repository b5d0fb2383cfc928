// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction.raw;

import aqueduct.logs.LogFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.stream.Stream;

/** Where the raw files are kept. */
public interface RawStore {
  /** A kept file, and when it came. */
  record Kept(LogFile file, Instant modified) {}

  /** All files, by key. Reads pages as the stream is consumed. */
  Stream<Kept> list();

  /** The bytes of exactly this file. Throws if it is gone or another one by now. */
  InputStream open(LogFile file) throws IOException;

  /** The file that this content would be under the name of {@code old}. */
  LogFile named(LogFile old, byte[] content);

  /** Puts other content in the place of exactly this file. */
  void replace(LogFile old, byte[] content) throws IOException;

  /** The store at an address: {@code s3://bucket} or {@code file:/folder}. One per JVM. */
  static RawStore at(String address) {
    return RawStores.at(address);
  }
}
