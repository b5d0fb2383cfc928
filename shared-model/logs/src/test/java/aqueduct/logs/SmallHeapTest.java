// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FAULTS rows 17 and 20: memory is flat, whatever comes. Runs in a JVM of 32 MB. */
class SmallHeapTest {
  @ParameterizedTest
  @CsvSource({
    "a million lines, lines=1000000 events=1000000 rejected=0 problem=none",
    "no line feed at all, lines=1 events=0 rejected=1 problem=not_a_cloudfront_log",
    "one endless line among others, lines=4 events=2 rejected=2 problem=too_many_bytes",
  })
  void a_huge_file_streams_in_a_heap_of_32_mb(String kind, String verdict) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Huge.class.getName(),
                kind)
            .redirectErrorStream(true)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output.strip()).endsWith(verdict);
  }

  /** The program that is run. */
  static final class Huge {
    private static final String LINE =
        "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td1.cloudfront.net\t/%d\t200\t-\t"
            + "Mozilla/5.0%%20(X11)%%20".repeat(20)
            + "\t-\n";

    public static void main(String[] args) throws IOException {
      FileStreamer.Outlet nowhere =
          new FileStreamer.Outlet() {
            @Override
            public void chunk(PackedRecord record, ChunkHeader header) {}

            @Override
            public void rejected(Rejection rejection) {}
          };
      LogFile file = new LogFile("kept", "key", "etag", 0);
      FileSummary summary =
          new FileStreamer(
                  file, Codec.ZSTD, new ReadLimits(limit(args[0]), 200, 256 << 10), nowhere)
              .stream(input(args[0]));
      System.out.printf(
          "lines=%d events=%d rejected=%d problem=%s%n",
          summary.lines(), summary.events(), summary.rejected(), summary.problem().orElse("none"));
    }

    /** The default for true lines; less for what is stopped by it, so that it is stopped soon. */
    private static long limit(String kind) {
      return kind.equals("a million lines") ? ReadLimits.defaults().maxBytes() : 512L << 20;
    }

    private static InputStream input(String kind) {
      return switch (kind) {
        case "a million lines" -> new Parts(1_000_000, i -> LINE.formatted(i));
        case "no line feed at all" -> new Parts(400, i -> "x".repeat(1 << 20));
        default ->
            new Parts(700, i -> i < 2 ? LINE.formatted(i) : i == 5 ? "y\n" : "x".repeat(1 << 20));
      };
    }
  }

  /** A stream made up as it is read. */
  private static final class Parts extends InputStream {
    private final int count;
    private final java.util.function.IntFunction<String> part;
    private byte[] bytes = new byte[0];
    private int at;
    private int next;

    Parts(int count, java.util.function.IntFunction<String> part) {
      this.count = count;
      this.part = part;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("read in blocks");
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (at == bytes.length) {
        if (next == count) {
          return -1;
        }
        bytes = part.apply(next++).getBytes(StandardCharsets.US_ASCII);
        at = 0;
      }
      int read = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, target, from, read);
      at += read;
      return read;
    }
  }
}
