// SPDX-License-Identifier: Apache-2.0
package aqueduct.arbiter.clusters.standalone;

/** Ends processes. */
final class Signals {
  private Signals() {}

  /** Nothing needs to be put in order: what was not applied is nothing. Ends a stopped one too. */
  static void kill(long process) {
    ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
  }

  static void terminate(long process) {
    ProcessHandle.of(process).ifPresent(ProcessHandle::destroy);
  }
}
