// SPDX-License-Identifier: Apache-2.0
package aqueduct.stores.metrics.dynamodb;

import aqueduct.metrics.DeltaCodec;
import aqueduct.metrics.MetricDelta;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cells of one report, hour and site <-> packed rows: a byte that names the version, then the
 * encoded cells under zstd, cut so that each fits a DynamoDB item.
 */
final class Cells {
  static final String DATA = "data";
  static final String SITE = "site";

  /** An item holds 400 KB; what is not compressed at all still fits. */
  private static final int MOST_BYTES = 300_000;

  private static final int LONGEST = 16 << 20;
  private final List<byte[]> rows = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The partition of a report's hour. */
  static String partition(String report, Instant bucket) {
    return "cells#" + report + "#" + bucket.truncatedTo(ChronoUnit.HOURS);
  }

  void add(MetricDelta cell) {
    byte[] encoded = DeltaCodec.encode(cell);
    if (bytes.size() + encoded.length + 4 > MOST_BYTES) {
      cut();
    }
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(encoded.length);
      out.write(encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cut() {
    if (bytes.size() > 0) {
      byte[] packed = Zstd.compress(bytes.toByteArray(), 3);
      byte[] row = new byte[packed.length + 1];
      row[0] = DeltaCodec.VERSION;
      System.arraycopy(packed, 0, row, 1, packed.length);
      rows.add(row);
      bytes.reset();
    }
  }

  List<byte[]> rows() {
    cut();
    return rows;
  }

  static void read(byte[] row, Consumer<MetricDelta> cells) {
    if (row[0] != DeltaCodec.VERSION) {
      throw new IllegalStateException(
          "a packed row of the metric table has version " + row[0] + ": use a newer Aqueduct");
    }
    byte[] packed = java.util.Arrays.copyOfRange(row, 1, row.length);
    long size = Zstd.getFrameContentSize(packed);
    if (size < 0 || size > LONGEST) {
      throw new IllegalStateException("a packed row of the metric table is damaged");
    }
    byte[] plain = Zstd.decompress(packed, (int) size);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      while (in.available() > 0) {
        cells.accept(DeltaCodec.decode(in.readNBytes(in.readInt())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a packed row of the metric table is damaged", e);
    }
  }
}
