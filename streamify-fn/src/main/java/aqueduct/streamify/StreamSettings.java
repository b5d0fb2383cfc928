// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.Codec;
import aqueduct.logs.ReadLimits;
import java.time.Duration;

/**
 * How files are streamed.
 *
 * @param worker this worker's name in the ledger
 */
record StreamSettings(
    String worker,
    Duration lease,
    Codec codec,
    ReadLimits limits,
    String rawLogs,
    String rejectedLogs) {}
