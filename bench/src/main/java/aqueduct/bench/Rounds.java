// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Work, done several times -> the median round. */
final class Rounds {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final int warmUps;
  private final int counted;

  Rounds(int warmUps, int counted) {
    this.warmUps = warmUps;
    this.counted = counted;
  }

  /**
   * One round.
   *
   * @param cpuSeconds of the whole process, its collector and compilers included
   * @param garbageBytes that the calling thread allocated
   */
  record Round(double cpuSeconds, long garbageBytes) {}

  Round median(Runnable work) {
    for (int i = 0; i < warmUps; i++) work.run();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < counted; i++) rounds.add(once(work));
    rounds.sort(Comparator.comparingDouble(Round::cpuSeconds));
    return rounds.get(counted / 2);
  }

  static Round once(Runnable work) {
    long garbage = THREADS.getCurrentThreadAllocatedBytes();
    double cpu = CpuTime.ofThisProcess();
    work.run();
    return new Round(
        CpuTime.ofThisProcess() - cpu, THREADS.getCurrentThreadAllocatedBytes() - garbage);
  }
}
