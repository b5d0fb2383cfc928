// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The threads of this JVM -> processor seconds since the start, by name without numbers. */
final class ThreadGroups {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<String, Double> before = now();

  private static Map<String, Double> now() {
    Map<String, Double> seconds = new TreeMap<>();
    long[] ids = THREADS.getAllThreadIds();
    for (var info : THREADS.getThreadInfo(ids)) {
      if (info == null) continue;
      long nanos = THREADS.getThreadCpuTime(info.getThreadId());
      String group = info.getThreadName().replaceAll("[-#]?[0-9]+", "");
      if (nanos > 0) seconds.merge(group, nanos / 1e9, Double::sum);
    }
    return seconds;
  }

  /** The busiest, with the seconds that they took since this was made. */
  List<Map.Entry<String, Double>> busiest(int count) {
    Map<String, Double> since = now();
    since.replaceAll((group, seconds) -> seconds - before.getOrDefault(group, 0.0));
    return since.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(count)
        .toList();
  }
}
