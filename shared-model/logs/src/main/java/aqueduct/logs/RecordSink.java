// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.util.List;

/**
 * The one way out of every element: packed records -> a pipe. What is sent may arrive more than
 * once and in any order; it is never lost once {@link Transfer#finish} has returned.
 */
public interface RecordSink {

  /**
   * Starts sending to the pipe of that name. Puts may overlap; the transfer bounds what is in
   * flight.
   */
  Transfer open(String pipe);

  /** Sends these records and returns when the pipe has taken all of them. */
  default void put(String pipe, List<PackedRecord> records) {
    try (Transfer transfer = open(pipe)) {
      records.forEach(transfer::send);
      transfer.finish();
    }
  }

  /** One sender's records on their way to one pipe. Not thread-safe. */
  interface Transfer extends AutoCloseable {
    /**
     * Takes the record, waiting while too much is in flight. Throws if the pipe refused for good.
     */
    void send(PackedRecord record);

    /**
     * Returns when the pipe has taken every record; throws if it has not within the sink's budget.
     */
    void finish();

    /** Frees what the transfer holds; what was not finished may or may not have arrived. */
    @Override
    void close();
  }
}
