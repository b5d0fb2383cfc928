// SPDX-License-Identifier: Apache-2.0
package aqueduct.sqs;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a function in batch mode that did part of its work: the messages at these places of the
 * list failed and come back; the others are done and are deleted.
 */
public final class PartialBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Set<Integer> failed;

  public PartialBatchException(
      String message, Collection<Integer> failed, @Nullable Throwable cause) {
    super(message, cause);
    this.failed = Set.copyOf(failed);
  }

  boolean isFailed(int place) {
    return failed.contains(place);
  }

  /** The exception of this kind among the causes, however deep it was wrapped. */
  static @Nullable PartialBatchException in(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 32; depth++) {
      if (cause instanceof PartialBatchException partial) {
        return partial;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
