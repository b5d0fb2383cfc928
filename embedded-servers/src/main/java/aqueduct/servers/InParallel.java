// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Actions -> all of them done at once; the first failure is thrown after the last has ended. */
final class InParallel {
  private InParallel() {}

  static void run(Action... actions) throws IOException {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (Action action : actions) {
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                action.run();
                return true;
              });
      Thread thread = new Thread(task, "servers-start");
      thread.setDaemon(true);
      thread.start();
      tasks.add(task);
    }
    @Nullable Throwable failure = null;
    for (FutureTask<Boolean> task : tasks) failure = first(failure, task);
    if (failure instanceof IOException e) throw e;
    if (failure != null) throw new IOException("A server cannot start: " + failure, failure);
  }

  private static @Nullable Throwable first(@Nullable Throwable before, FutureTask<Boolean> task) {
    try {
      task.get();
      return before;
    } catch (ExecutionException e) {
      return before == null ? e.getCause() : before;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before == null ? e : before;
    }
  }

  interface Action {
    void run() throws IOException;
  }
}
