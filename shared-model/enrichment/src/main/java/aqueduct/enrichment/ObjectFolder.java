// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Names -> bytes that are written once: a directory, or a prefix of a bucket. A name may have
 * slashes. The port of datasets and of visitor keys.
 */
public interface ObjectFolder {

  /** All names, in order. */
  List<String> names() throws IOException;

  /** The bytes of a small object; empty if there is none of that name. */
  Optional<byte[]> read(String name) throws IOException;

  /** The bytes of any object. Throws IOException if there is none of that name. */
  InputStream open(String name) throws IOException;

  /** Writes the object as a whole, if there is none of that name; answers whether it did. */
  boolean create(String name, byte[] bytes) throws IOException;

  /** As the other create, from a file. */
  boolean create(String name, Path file) throws IOException;

  /** Removes the object, if there is one. */
  void delete(String name) throws IOException;

  /** Where it is, for people. */
  @Override
  String toString();
}
