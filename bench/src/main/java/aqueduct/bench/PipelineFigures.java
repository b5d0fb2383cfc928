// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.Objects;

/** What is measured while the pipeline runs, and where its time went. */
final class PipelineFigures {
  private static final double GOAL = 25_000;
  private static final double HEAP_GOAL = 512;
  private static final double MEMORY_GOAL = 3_072;
  private final Figures figures;
  private final ProcessWatch processes;
  private final ThreadGroups threads = new ThreadGroups();
  private long heapAfterCollection;
  private long told = System.nanoTime();

  PipelineFigures(Figures figures, ProcessWatch processes) {
    this.figures = figures;
    this.processes = processes;
  }

  void put(double seconds) {
    figures.say("all files put after", "%.1f s", seconds);
  }

  /** Tells every ten seconds; looks at the heap each time. */
  void applied(long applied, long known) {
    heapAfterCollection = Math.max(heapAfterCollection, heapAfterCollection());
    if (System.nanoTime() - told > 10e9) {
      told = System.nanoTime();
      System.err.printf(Locale.ROOT, "Applied: %,d of %,d lines%n", applied, known);
    }
  }

  private static long heapAfterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  void done(double seconds, long lines) {
    figures.say("all lines applied after", "%.1f s", seconds);
    figures.atLeast("events/s, wall", lines / seconds, GOAL, "");
    double total = 0;
    for (double cpu : processes.cpuSeconds().values()) total += cpu;
    figures.say("processors used", "%.2f of them; %.1f CPU-seconds", total / seconds, total);
    figures.say("events per CPU-second, all processes", "%,.0f", lines / total);
    processes.cpuSeconds().forEach((name, cpu) -> figures.say("  " + name, "%.1f CPU-s", cpu));
    figures.atMost(
        "most memory of all processes, MB", processes.mostMegabytes(), MEMORY_GOAL, "MB ");
    figures.atMost(
        "heap in use after collection, all functions", heapAfterCollection / 1e6, HEAP_GOAL, "MB ");
    figures.title("Where the JVM of servers and functions spent its time (CPU-seconds by thread)");
    threads.busiest(14).forEach(e -> figures.say(e.getKey(), "%.1f", e.getValue()));
  }
}
