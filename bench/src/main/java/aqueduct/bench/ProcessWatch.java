// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * This process, PostgreSQL and all below them, watched -> most memory that they had at a time, and
 * processor seconds of each. Memory is the sum of the proportional set sizes: what several
 * processes share is counted once.
 */
final class ProcessWatch implements AutoCloseable {
  private static final String PROPORTIONAL = "Pss:";
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Path postmaster;
  private final Map<Long, Double> startedAt = new TreeMap<>();
  private final Map<Long, Double> reached = new TreeMap<>();
  private final Map<Long, String> names = new TreeMap<>();
  private Set<Long> alive = Set.of();
  private volatile long mostKilobytes;

  /**
   * Watches from now on.
   *
   * @param data the data directory of the system, where PostgreSQL says its process number
   */
  ProcessWatch(Path data) {
    this.postmaster = data.resolve("postgres/postmaster.pid");
    look();
    startedAt.putAll(reached);
    ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::look, 1, 5, TimeUnit.SECONDS);
  }

  private synchronized void look() {
    long kilobytes = 0;
    Set<Long> now = new TreeSet<>();
    for (ProcessHandle process : processes()) {
      kilobytes += proportionalKilobytes(process.pid());
      double seconds = CpuTime.of(process.pid());
      if (seconds > 0) reached.put(process.pid(), seconds);
      names.computeIfAbsent(process.pid(), pid -> name(process));
      now.add(process.pid());
    }
    alive = now;
    mostKilobytes = Math.max(mostKilobytes, kilobytes);
  }

  private List<ProcessHandle> processes() {
    return Stream.of(Stream.of(ProcessHandle.current()), postgres().stream())
        .flatMap(roots -> roots)
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .toList();
  }

  /** PostgreSQL's first process: it is no child of the one that started it. */
  private Optional<ProcessHandle> postgres() {
    try (Stream<String> lines = Files.lines(postmaster)) {
      return lines.findFirst().map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException notRunning) {
      return Optional.empty();
    }
  }

  private static String name(ProcessHandle process) {
    if (process.pid() == ProcessHandle.current().pid()) return "servers and functions";
    String command = process.info().command().orElse("?");
    if (!command.endsWith("java")) return Path.of(command).getFileName() + "";
    boolean correction =
        process.info().commandLine().filter(c -> c.contains("CorrectionApplication")).isPresent();
    return correction ? "correction (Spark)" : "aggregation (Spark)";
  }

  private static long proportionalKilobytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith(PROPORTIONAL))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | RuntimeException ended) {
      return 0;
    }
  }

  double mostMegabytes() {
    return mostKilobytes / 1024.0;
  }

  /**
   * Processor seconds since the watch began, of processes of one name together. Those of a process
   * that has ended are its parent's, as Linux counts them.
   */
  synchronized Map<String, Double> cpuSeconds() {
    look();
    Map<String, Double> seconds = new TreeMap<>();
    for (long pid : alive) {
      double since = reached.getOrDefault(pid, 0.0) - startedAt.getOrDefault(pid, 0.0);
      seconds.merge(names.getOrDefault(pid, "?"), since, Double::sum);
    }
    return seconds;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
