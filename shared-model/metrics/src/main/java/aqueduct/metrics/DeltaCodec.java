// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MetricDelta <-> bytes, for shuffles and for packed rows. Stores that keep them write {@link
 * #VERSION} before: a change of the form is a new version.
 */
public final class DeltaCodec {

  public static final byte VERSION = 1;

  private DeltaCodec() {}

  public static byte[] encode(MetricDelta delta) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      MetricKey key = delta.key();
      out.writeUTF(key.report());
      out.writeLong(key.bucketStart().getEpochSecond());
      out.writeByte(key.dimensions().size());
      for (String value : key.dimensions()) {
        out.writeUTF(value);
      }
      write(out, delta.measures());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Measures m) throws IOException {
    for (long counter :
        new long[] {
          m.requests(),
          m.pageViews(),
          m.bytesSent(),
          m.cacheHits(),
          m.cacheable(),
          m.status2xx(),
          m.status3xx(),
          m.status4xx(),
          m.status5xx()
        }) {
      out.writeLong(counter);
    }
    write(out, m.visitors());
    write(out, m.duration());
  }

  private static void write(DataOutputStream out, byte @Nullable [] sketch) throws IOException {
    out.writeInt(sketch == null ? -1 : sketch.length);
    if (sketch != null) {
      out.write(sketch);
    }
  }

  public static MetricDelta decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String report = in.readUTF();
      Instant bucket = Instant.ofEpochSecond(in.readLong());
      int dimensions = in.readByte();
      List<String> values = new ArrayList<>(dimensions);
      for (int i = 0; i < dimensions; i++) {
        values.add(in.readUTF());
      }
      Measures measures =
          new Measures(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              sketch(in),
              sketch(in));
      return new MetricDelta(new MetricKey(report, bucket, values), measures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte @Nullable [] sketch(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
