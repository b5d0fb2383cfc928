// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import java.math.BigInteger;
import java.util.Optional;

/**
 * How far a shard of single records has been packed into chunks, durably. Consumers get such
 * records again in other batches than before; so where a chunk begins and ends is written down
 * before it is sent: a span is planned, sent, and done. Whoever finds a planned span sends exactly
 * that one again. Writes are conditional on the state that the writer saw: of two workers one goes
 * on.
 */
public interface ShardProgress {
  /** The state of the shard; {@link State#NEW} if it has none. */
  State read(String shard);

  /** Records that this span is about to be sent; false if the shard's state is another by now. */
  boolean plan(String shard, State seen, Span span);

  /** Records that the planned span was sent; false if the shard's state is another by now. */
  boolean done(String shard, State seen);

  /** From this record of the shard to that one, by their sequence numbers, both included. */
  record Span(String first, String last) {}

  /**
   * What is known of a shard.
   *
   * @param version rises with every write
   * @param sentUpTo the last record of the last span that was done
   * @param planned the span that is planned and not known to be sent
   */
  record State(long version, Optional<String> sentUpTo, Optional<Span> planned) {
    public static final State NEW = new State(0, Optional.empty(), Optional.empty());

    public State afterPlan(Span span) {
      return new State(version + 1, sentUpTo, Optional.of(span));
    }

    /** Only of a state with a planned span. */
    public State afterDone() {
      return new State(version + 1, planned.map(Span::last), Optional.empty());
    }

    /** Whether the record was sent in a span that was done. */
    public boolean covers(String sequenceNumber) {
      return sentUpTo.map(last -> compare(sequenceNumber, last) <= 0).orElse(false);
    }
  }

  /** Sequence numbers are decimal numbers, and rise within a shard. */
  static int compare(String one, String other) {
    return new BigInteger(one).compareTo(new BigInteger(other));
  }
}
