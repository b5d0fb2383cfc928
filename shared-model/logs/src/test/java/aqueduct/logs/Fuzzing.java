// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Fixture: a target of fuzzing, a corpus -> nothing, or the input that broke it. In each build
 * every file of the corpus goes through, then mutations of them for {@code fuzz.seconds} (1 by
 * default), the same ones in the same order. {@code make fuzz} runs the same targets under Jazzer
 * for longer. What breaks a target is kept in the corpus.
 */
public final class Fuzzing {
  private static final double SECONDS = Double.parseDouble(System.getProperty("fuzz.seconds", "1"));
  private static final long LONGEST_CPU_NS = 1_000_000_000L;
  private static final long MOST_BYTES = 64L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Fuzzing() {}

  /** Runs the target on the corpus in this folder of the module, and on mutations of it. */
  public static void run(Consumer<byte[]> target, String corpus) {
    List<byte[]> seeds = read(Path.of("src/test/fuzz", corpus));
    seeds.forEach(target); // loads classes, which is no input's fault
    seeds.forEach(seed -> once(target, seed));
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    for (long i = 0; System.nanoTime() < end; i++) {
      Random random = new Random(i);
      once(target, mutated(seeds, random));
    }
  }

  /** Loads the classes of a target before its inputs are timed: for Jazzer. */
  public static void warmUp(Consumer<byte[]> target, String corpus) {
    read(Path.of("src/test/fuzz", corpus)).forEach(target);
  }

  private static void once(Consumer<byte[]> target, byte[] input) {
    long before = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    try {
      target.accept(input);
    } catch (Throwable e) {
      throw new AssertionError("broken by " + HexFormat.of().formatHex(input), e);
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    if (allocated > MOST_BYTES) {
      throw new AssertionError(
          allocated + " bytes allocated for " + HexFormat.of().formatHex(input));
    }
    if (THREADS.getCurrentThreadCpuTime() - before > LONGEST_CPU_NS) {
      throw new AssertionError("over 1 s of CPU for " + HexFormat.of().formatHex(input));
    }
  }

  private static List<byte[]> read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Fuzzing::bytes).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] mutated(List<byte[]> seeds, Random random) {
    byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits && input.length > 0; i++) {
      int at = random.nextInt(input.length);
      switch (random.nextInt(5)) {
        case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> input[at] = (byte) random.nextInt(256);
        case 2 -> input = Arrays.copyOf(input, at);
        case 3 -> input = spliced(input, at, seeds.get(random.nextInt(seeds.size())), random);
        default -> input = spliced(input, at, input, random);
      }
    }
    return input;
  }

  /** The first up to {@code at}, then a part of the other, then the rest of the first. */
  private static byte[] spliced(byte[] first, int at, byte[] other, Random random) {
    int from = random.nextInt(other.length + 1);
    int length = Math.min(other.length - from, random.nextInt(64));
    byte[] joined = Arrays.copyOf(first, first.length + length);
    System.arraycopy(first, at, joined, at + length, first.length - at);
    System.arraycopy(other, from, joined, at, length);
    return joined;
  }
}
