// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import aqueduct.logs.ChunkId;
import java.io.Serializable;

/**
 * A chunk whose events are in the metrics. {@code lines = events + rejected + filtered}.
 *
 * @param ordinal 0 = the file's first chunk
 */
public record AppliedChunk(
    ChunkId id, int ordinal, int lines, int events, int rejected, int filtered)
    implements Serializable {}
