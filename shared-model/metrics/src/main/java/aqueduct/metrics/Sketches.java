// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * The two mergeable sketches and their bytes. Both are functions of the set of values alone:
 * neither the order of events nor that of merges changes an answer.
 */
final class Sketches {
  private static final int LG_K = 12;
  private static final double RELATIVE_ACCURACY = 0.01;

  private Sketches() {}

  static HllSketch visitors() {
    return new HllSketch(LG_K, TgtHllType.HLL_8);
  }

  static DDSketch duration() {
    return DDSketches.logarithmicUnboundedDense(RELATIVE_ACCURACY);
  }

  static byte[] bytes(HllSketch sketch) {
    return sketch.toCompactByteArray();
  }

  static byte[] bytes(DDSketch sketch) {
    try {
      GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
      sketch.encode(out, false);
      return out.trimmedCopy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte @Nullable [] plusVisitors(byte @Nullable [] a, byte @Nullable [] b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Union union = union();
    union.update(readVisitors(a));
    union.update(readVisitors(b));
    return bytes(union);
  }

  static Union union() {
    return new Union(LG_K);
  }

  static byte[] bytes(Union union) {
    return bytes(union.getResult(TgtHllType.HLL_8));
  }

  static HllSketch readVisitors(byte[] sketch) {
    return HllSketch.heapify(sketch);
  }

  static byte @Nullable [] plusDuration(byte @Nullable [] a, byte @Nullable [] b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    DDSketch sum = readDuration(a);
    sum.mergeWith(readDuration(b));
    return bytes(sum);
  }

  /** The composite estimate, since the default one depends on the order of updates. */
  static double uniqueVisitors(byte[] sketch) {
    return readVisitors(sketch).getCompositeEstimate();
  }

  /** The value at quantile {@code q}, within 1 % of the true one; NaN without values. */
  static double durationQuantile(byte[] sketch, double q) {
    DDSketch duration = readDuration(sketch);
    return duration.isEmpty() ? Double.NaN : duration.getValueAtQuantile(q);
  }

  static DDSketch readDuration(byte[] sketch) {
    try {
      return DDSketch.decode(ByteArrayInput.wrap(sketch), UnboundedSizeDenseStore::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
