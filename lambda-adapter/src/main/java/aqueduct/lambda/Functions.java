// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import java.util.Map;

/**
 * A queue or stream -> the function that the topology binds to it. An element may hold several:
 * which one an event is for, only its source says.
 *
 * @param byPipe the readers of pipes
 * @param otherwise who reads events of anything else
 */
record Functions(Map<String, Function> byPipe, Function otherwise) {
  static Functions only(Function function) {
    return new Functions(Map.of(), function);
  }

  Function of(String pipe) {
    return byPipe.getOrDefault(pipe, otherwise);
  }
}
