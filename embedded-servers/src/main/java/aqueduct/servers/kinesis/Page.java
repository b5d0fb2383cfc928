// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;

/**
 * Records of a log -> the answer's list, up to a number and a size; one record is on the heap at a
 * time.
 */
final class Page implements ShardLog.Visitor {
  private final int most;
  private final long mostBytes;
  private final Answer answer;
  private int records;
  private long bytes;
  private long last = -1;

  Page(int most, long mostBytes, Answer answer) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.answer = answer;
  }

  @Override
  public boolean wants(int payload) {
    return records < most && (records == 0 || bytes + payload <= mostBytes);
  }

  @Override
  public void record(StoredRecord record) throws IOException {
    answer.object().text("SequenceNumber", record.sequenceNumber());
    answer.time("ApproximateArrivalTimestamp", SequenceNumber.arrival(record.sequence()));
    answer.bytes("Data", record.data()).text("PartitionKey", record.partitionKey());
    answer.text("EncryptionType", "NONE").end();
    records++;
    bytes += record.data().length + record.partitionKey().length();
    last = record.sequence();
  }

  long bytes() {
    return bytes;
  }

  long last() {
    return last;
  }
}
