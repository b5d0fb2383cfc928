// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import aqueduct.lambda.LambdaEvent.Item;
import aqueduct.lambda.LambdaEvent.Source;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event of Lambda -> the function, and what Lambda must know of it.
 *
 * <ul>
 *   <li>What comes from a queue or stream that the topology binds to a function goes to that one.
 *   <li>Messages of a queue: each by itself; those that failed are named and come again, the others
 *       are deleted.
 *   <li>Records of a shard: in order and some at a time; the first that failed is named, and comes
 *       again with all behind it. What lies before it is done and checkpointed.
 *   <li>Anything else (S3 or EventBridge call the function themselves): the event as a whole; an
 *       exception makes Lambda try again.
 * </ul>
 *
 * <p>What there is no time left for is named as well, without having been begun. Needs
 * ReportBatchItemFailures on the event source mapping.
 */
final class EventHandler {
  private static final Logger log = LoggerFactory.getLogger(EventHandler.class);

  /** Packed records hold up to 1,000 events each: some seconds of work, one round of puts. */
  private static final int RECORDS_AT_A_TIME = 32;

  private static final byte[] DONE = "null".getBytes(StandardCharsets.UTF_8);
  private final Functions functions;
  private final Clock clock;

  EventHandler(Functions functions, Clock clock) {
    this.functions = functions;
    this.clock = clock;
  }

  byte[] handle(byte[] event, Instant end) {
    LambdaEvent read = LambdaEvent.read(event);
    Deadline deadline = Deadline.of(end, clock);
    Function function = functions.of(read.pipe());
    if (read.source().isEmpty()) {
      function.accept(event);
      return DONE;
    }
    List<Item> records = read.records();
    return BatchAnswer.json(
        read.source().get() == Source.SQS
            ? eachByItself(function, records, deadline)
            : inOrder(function, records, deadline));
  }

  private static List<String> eachByItself(
      Function function, List<Item> messages, Deadline deadline) {
    List<String> failed = new ArrayList<>();
    for (Item message : messages) {
      if (deadline.isNear()) {
        failed.add(message.id());
        continue;
      }
      try {
        function.accept(message.payload());
      } catch (RuntimeException e) {
        log.warn("message {} failed: {}", message.id(), Failures.inShort(e));
        failed.add(message.id());
      }
    }
    return failed;
  }

  private static List<String> inOrder(Function function, List<Item> records, Deadline deadline) {
    int step = function.takesLists() ? RECORDS_AT_A_TIME : 1;
    for (int from = 0; from < records.size(); from += step) {
      String first = records.get(from).id();
      if (deadline.isNear()) {
        log.warn("no time left for the {} records from {}", records.size() - from, first);
        return List.of(first);
      }
      try {
        List<Item> some = records.subList(from, Math.min(from + step, records.size()));
        function.accept(some.stream().map(Item::payload).toList());
      } catch (RuntimeException e) {
        log.warn("the records from {} failed: {}", first, Failures.inShort(e));
        return List.of(first);
      }
    }
    return List.of();
  }
}
