// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A folder for data, and a small dataset. */
abstract class OnDatasets {
  static final byte[] LIST =
      "version: mine\nbots: {other: {somebot: Somebot}}\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  String data() {
    return directory.resolve("data").toString();
  }
}
