// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClient;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.time.Instant;

/**
 * Invocations of the runtime API -> the element, one after the other, by AWS's own client. An
 * exception is reported and the next invocation fetched; an Error (no memory) is reported and ends
 * the process, whose state nobody can vouch for.
 */
final class RuntimeLoop {
  private final LambdaRuntimeApiClient runtime;
  private final EventHandler handler;

  RuntimeLoop(LambdaRuntimeApiClient runtime, EventHandler handler) {
    this.runtime = runtime;
    this.handler = handler;
  }

  /** Runs until the runtime API is gone. */
  void run() throws IOException {
    while (true) {
      serve(runtime.nextInvocation());
    }
  }

  void serve(InvocationRequest invocation) throws IOException {
    byte[] answer;
    try {
      Instant deadline = Instant.ofEpochMilli(invocation.getDeadlineTimeInMs());
      answer = handler.handle(invocation.getContent(), deadline);
    } catch (Exception e) {
      runtime.reportInvocationError(invocation.getId(), Failures.toLambda(e));
      return;
    } catch (Error e) {
      runtime.reportInvocationError(invocation.getId(), Failures.toLambda(e));
      throw e;
    }
    runtime.reportInvocationSuccess(invocation.getId(), answer);
  }
}
