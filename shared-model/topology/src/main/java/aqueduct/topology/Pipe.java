// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What joins elements.
 *
 * @param kind what it is made of
 * @param from elements that write it
 * @param to elements that read it; none: whoever wants to
 * @param deadLetter queue of the messages that were received too often; empty: none
 * @param maxReceives how often a message is received before it goes there
 * @param visibility how long a received message is hidden
 * @param shards of a stream
 * @param retention of a stream's records
 */
public record Pipe(
    Kind kind,
    @DefaultValue List<String> from,
    @DefaultValue List<String> to,
    @DefaultValue("") String deadLetter,
    @DefaultValue("5") int maxReceives,
    @DefaultValue("30s") Duration visibility,
    @DefaultValue("1") int shards,
    @DefaultValue("24h") Duration retention) {

  /** SQS queue, Kinesis stream, a call within one process, or objects of a bucket. */
  public enum Kind {
    SQS,
    KINESIS,
    DIRECT,
    S3
  }
}
