// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.pipes;

import java.util.List;

/**
 * A function in this process: returns when its own sinks have taken what it made of the records.
 */
public interface PipeReader {
  void read(List<byte[]> records);
}
