// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import aqueduct.wire.ChunkHeader;

/** What an {@link Unpacker} found in a record; valid until its next {@code unpack}. */
public interface PackedChunk {

  /**
   * What the writer said. For a record that Aqueduct did not write: what can be known, which is the
   * number of messages (as lines and events), the message type, and the identity.
   */
  ChunkHeader header();

  /**
   * The identity under which repeats are recognised. In a record that Aqueduct did not write: file
   * and line of its first message; where that has none, a digest of the record and line 0.
   */
  default ChunkId id() {
    return new ChunkId(header().getFileId(), header().getFirstLine());
  }

  /** Visits every message, in order. May be called again. */
  void forEach(MessageVisitor visitor);
}
