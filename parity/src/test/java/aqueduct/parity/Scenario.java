// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.IOException;
import java.util.List;

/** Input for an element, and work; good, bad and repeated, through every pipe that it reads. */
interface Scenario {
  String element();

  /** One of the two forms on Lambda; the scenarios share them out. */
  default Form onLambda() {
    return Form.LAMBDA_ZIP;
  }

  /** What is there before the element starts. */
  default void prepare(World world) throws IOException {}

  /** Returns when all is worked off. */
  void run(World world, Running element) throws Exception;

  /** Where the shards are, in words that mean the same in each run. */
  default List<String> checkpoints(World world, Running element) {
    return List.of();
  }

  /** What may differ from run to run: not compared, but its calls are recorded. */
  default void afterwards(World world, Running element) throws Exception {}
}
