// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.kinesis;

import java.io.IOException;

/** One operation of the protocol. */
interface Call {
  void answer(Question question, Answer answer) throws IOException;
}
