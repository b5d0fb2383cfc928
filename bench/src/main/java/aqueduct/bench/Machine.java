// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the figures were measured on, and how fast it was at that time. */
final class Machine {
  private Machine() {}

  static void describe(PrintStream out) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    out.printf(
        Locale.ROOT,
        "machine      %s, %d processors, %s %s%n",
        processor(),
        runtime.availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    out.printf(
        Locale.ROOT,
        "JVM          %s %s, heap up to %d MB%n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        runtime.maxMemory() >> 20);
    out.printf("date         %s%n", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    out.printf(
        Locale.ROOT,
        "calibration  MD5 of 64 KiB blocks: %.0f MB per CPU-second (compare only runs with like"
            + " figures)%n",
        calibration());
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) return System.getProperty("os.arch");
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  /** Work that needs no memory and no compiler: its rate moves with the machine's load alone. */
  private static double calibration() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] block = new byte[1 << 16];
      double best = 0;
      for (int round = 0; round < 3; round++) {
        double before = CpuTime.ofThisProcess();
        for (int i = 0; i < 3000; i++) md5.update(block);
        best = Math.max(best, 3000 * 65.536e-3 / (CpuTime.ofThisProcess() - before));
      }
      return best;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
