// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one visitor did on one site in a day: the page views, and with which values of the reports'
 * dimensions the visitor was seen. Made in parts and merged, in any order. Not thread-safe.
 */
public final class VisitorDay {
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final List<Visits.PageView> views = new ArrayList<>();

  /** The visitor was seen with these values; the caller may reuse the bytes. */
  void seen(byte[] values, int length) {
    if (!seen.contains(ByteBuffer.wrap(values, 0, length))) {
      seen.add(ByteBuffer.wrap(java.util.Arrays.copyOf(values, length)));
    }
  }

  void viewed(long micros, String path) {
    views.add(new Visits.PageView(micros, path));
  }

  int size() {
    return seen.size() + views.size();
  }

  public void merge(VisitorDay other) {
    seen.addAll(other.seen);
    views.addAll(other.views);
  }

  public List<Visits.Visit> visits() {
    return Visits.of(views);
  }

  /** Every combination of values, in the order of {@link People#fields}. */
  List<List<String>> combinations() {
    return seen.stream().map(VisitorDay::texts).toList();
  }

  private static List<String> texts(ByteBuffer values) {
    ByteBuffer in = values.duplicate();
    List<String> texts = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] text = new byte[in.getShort()];
      in.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8).replace('\0', '\uFFFD'));
    }
    return texts;
  }

  /** For shuffles between processes of one version; not a format to keep. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(seen.size());
      for (ByteBuffer values : seen) {
        out.writeInt(values.remaining());
        out.write(values.array(), values.arrayOffset() + values.position(), values.remaining());
      }
      out.writeInt(views.size());
      for (Visits.PageView view : views) {
        byte[] path = view.path().getBytes(StandardCharsets.UTF_8);
        out.writeLong(view.micros());
        out.writeInt(path.length);
        out.write(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static VisitorDay decode(byte[] bytes) {
    VisitorDay day = new VisitorDay();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        day.seen.add(ByteBuffer.wrap(in.readNBytes(in.readInt())));
      }
      for (int left = in.readInt(); left > 0; left--) {
        long micros = in.readLong();
        day.viewed(micros, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return day;
  }
}
