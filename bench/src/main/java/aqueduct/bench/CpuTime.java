// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor seconds as Linux counts them: of this process with its collector and compiler threads,
 * of children that have ended, and of any process.
 */
final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** USER_HZ, which Linux fixes at 100 for what /proc shows. */
  private static final double TICKS = 100;

  private static final int USER = 11;
  private static final int CHILDREN = 13;

  private CpuTime() {}

  static double ofThisProcess() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }

  /** Of the children of this process that have ended. */
  static double ofEndedChildren() throws IOException {
    return seconds(ProcessHandle.current().pid(), CHILDREN);
  }

  /** Of a process and its children that have ended; 0 if it has ended itself. */
  static double of(long pid) {
    try {
      return seconds(pid, USER) + seconds(pid, CHILDREN);
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Two fields of /proc/PID/stat, counted after the name in brackets. */
  private static double seconds(long pid, int field) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS;
  }
}
