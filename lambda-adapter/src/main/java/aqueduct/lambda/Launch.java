// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaRuntimeApiClientImpl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/**
 * An element's jar -> a running element, by where it finds itself: on AWS Lambda it serves
 * invocations, anywhere else its binders consume. The same command starts both, {@code java -jar}.
 */
public final class Launch {
  /** Lambda sets it to where the runtime fetches its invocations. */
  static final String RUNTIME_API = "AWS_LAMBDA_RUNTIME_API";

  private Launch() {}

  /** Returns when the container runs; on Lambda, never: Lambda ends the process. */
  public static void run(Class<?> application, String[] args) {
    String address = System.getenv(RUNTIME_API);
    if (address == null || address.isEmpty()) {
      SpringApplication.run(application, args);
    } else {
      serve(application, args, address);
    }
  }

  private static void serve(Class<?> application, String[] args, String address) {
    LambdaRuntimeApiClientImpl runtime = new LambdaRuntimeApiClientImpl(address);
    @Nullable Throwable failure = null;
    try {
      new RuntimeLoop(runtime, ElementOnLambda.start(application, args)).run();
    } catch (StartFailed e) {
      failure = e.getCause();
      report(runtime, e);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    if (failure != null) failure.printStackTrace(); // the log system may not have begun
    System.exit(1); // Lambda starts another process, and counts this as an error of the function
  }

  private static void report(LambdaRuntimeApiClientImpl runtime, StartFailed failure) {
    try {
      runtime.reportInitError(Failures.toLambda(failure.getCause()));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
