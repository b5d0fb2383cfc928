// SPDX-License-Identifier: Apache-2.0
package aqueduct.streamify;

import aqueduct.logs.LogFile;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A kept file that can be read.
 *
 * @param content opens the file's bytes, those of exactly this ETag
 */
record KeptFile(LogFile file, Supplier<InputStream> content) {}
