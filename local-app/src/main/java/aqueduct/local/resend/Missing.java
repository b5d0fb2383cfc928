// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.resend;

import aqueduct.logs.notice.ObjectNotice;
import aqueduct.logs.notice.ReplayOrder;
import aqueduct.logs.notice.ReplayOrder.Scope;
import java.util.List;

/**
 * A file that is stored and not wholly in the metrics.
 *
 * @param bucket where it is
 * @param where where it stopped
 */
public record Missing(String bucket, String file, Where where) {
  /** The last place that a file reached. */
  public enum Where {
    /** It came, and was never kept. */
    ARRIVED,
    /** It is kept, and was never streamed, or not to its end. */
    KEPT,
    /** It was streamed, and chunks of it never reached the metrics. */
    STREAMED
  }

  /** The message that brings it in: the notice that was lost, or an order for its chunks. */
  public Order order() {
    return switch (where) {
      case ARRIVED -> new Order("arrived-files", notice(), 1);
      case KEPT -> new Order("kept-files", notice(), 1);
      case STREAMED -> new Order("files-to-replay", chunks(), 1);
    };
  }

  private String notice() {
    return ObjectNotice.of(bucket, file).toJson();
  }

  private String chunks() {
    return new ReplayOrder(bucket, file, Scope.CHUNKS, List.of()).toJson();
  }
}
