// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.IOException;
import java.nio.file.Path;

/** An element that works off what lies in its pipe, in one of the forms. */
interface Running extends AutoCloseable {

  /** Returns when nothing waits in the queue, also not in work; what failed too often is dead. */
  void drainQueue(String queue) throws Exception;

  /** Returns when all records of the stream up to now are checkpointed. */
  void drainStream(String stream) throws Exception;

  /**
   * Hands over an event as a service does that calls a function itself; through the queue where no
   * such way exists.
   */
  void notice(String queue, String event) throws Exception;

  /** The sequence numbers up to which shards are done, in any order. */
  java.util.Set<String> checkpoints();

  @Override
  void close();

  static Running start(Form form, String element, World world, Path directory)
      throws IOException, InterruptedException {
    return form == Form.CONTAINER
        ? new InContainer(element, world, directory)
        : new OnLambda(form, element, world, directory);
  }
}
