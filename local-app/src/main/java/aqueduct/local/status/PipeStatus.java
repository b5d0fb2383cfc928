// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What waits in one pipe for one reader.
 *
 * @param waiting messages or records that it has not read
 * @param inFlight messages that it works on; absent for a stream
 * @param dead dead letters; absent for a stream
 * @param lag how long the oldest waiting record waits; absent for a queue, which does not say
 */
public record PipeStatus(
    String pipe,
    String kind,
    String reader,
    long waiting,
    @Nullable Long inFlight,
    @Nullable Long dead,
    @Nullable Duration lag) {}
