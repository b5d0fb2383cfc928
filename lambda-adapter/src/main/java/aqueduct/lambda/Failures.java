// SPDX-License-Identifier: Apache-2.0
package aqueduct.lambda;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.LambdaError;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.RapidErrorType;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.converters.LambdaErrorConverter;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.converters.XRayErrorCauseConverter;

/** An exception -> what Lambda shows of it. */
final class Failures {
  private Failures() {}

  static LambdaError toLambda(Throwable failure) {
    return new LambdaError(
        LambdaErrorConverter.fromThrowable(failure),
        XRayErrorCauseConverter.fromThrowable(failure),
        RapidErrorType.UserException);
  }

  /** The innermost cause in one line: the wrappers around it say nothing. */
  static String inShort(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 32; depth++) {
      root = root.getCause();
    }
    return root.toString();
  }
}
