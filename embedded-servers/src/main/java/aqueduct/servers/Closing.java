// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import org.jspecify.annotations.Nullable;

/** Closes all, whatever one of them throws, and then throws that. */
final class Closing {
  private @Nullable IllegalStateException failure;

  void close(@Nullable AutoCloseable server) {
    if (server == null) return;
    try {
      server.close();
    } catch (Exception e) {
      if (failure == null)
        failure = new IllegalStateException("A server did not stop: " + e.getMessage(), e);
      else failure.addSuppressed(e);
    }
  }

  void end() {
    if (failure != null) throw failure;
  }
}
