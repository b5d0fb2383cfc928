// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.emr;

import aqueduct.arbiter.clusters.RefusedException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;

/**
 * A call to EMR that has no effect when it is refused -> its answer, or a {@link RefusedException}.
 */
final class EmrCalls {
  private EmrCalls() {}

  static <T> T ask(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidRequestException e) {
      throw e; // asking again changes nothing
    } catch (EmrException e) {
      if (e.isThrottlingException() || e.statusCode() == 400) {
        throw new RefusedException("EMR refuses " + what + ": " + e.getMessage(), e);
      }
      throw e; // it may have happened
    } catch (SdkClientException e) {
      throw e; // it may have happened
    }
  }

  /** Whether EMR does not know what was named: it has ended long ago. */
  static boolean isUnknown(InvalidRequestException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("is not valid") || message.contains("does not exist");
  }
}
