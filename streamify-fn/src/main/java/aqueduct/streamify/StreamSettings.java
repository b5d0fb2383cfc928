// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.Codec;
import aqueduct.logs.EventMask;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.ReadLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How files are streamed.
 *
 * @param worker this worker's name in the ledger
 * @param masks makes what masks events before they are packed
 */
record StreamSettings(
    String worker,
    Duration lease,
    Codec codec,
    ReadLimits limits,
    String rawLogs,
    String rejectedLogs,
    Optional<Supplier<EventMask>> masks) {

  FileStreamer streamer(LogFile file, FileStreamer.Outlet outlet) {
    return new FileStreamer(file, codec, limits, outlet, masks.map(Supplier::get).orElse(null));
  }
}
