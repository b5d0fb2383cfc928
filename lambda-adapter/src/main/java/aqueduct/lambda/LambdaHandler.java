// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;

/**
 * The handler for Lambda's managed Java runtimes, which SnapStart needs: {@code
 * aqueduct.lambda.LambdaHandler::handleRequest}, with the element's class in the environment
 * variable {@code MAIN_CLASS}. The element starts in the constructor and calls nobody there, so
 * that a snapshot of it holds no connection and nothing random.
 */
public final class LambdaHandler implements RequestStreamHandler {
  private final EventHandler handler;

  public LambdaHandler() throws ClassNotFoundException {
    String name = System.getenv("MAIN_CLASS");
    if (name == null) {
      throw new IllegalStateException(
          "MAIN_CLASS is not set: name the element's class in the function's environment, for example aqueduct.enrich.EnrichApplication");
    }
    handler = ElementOnLambda.start(Class.forName(name), new String[0]);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Instant deadline = Instant.now().plusMillis(context.getRemainingTimeInMillis());
    answer.write(handler.handle(event.readAllBytes(), deadline));
  }
}
