// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A scenario through an element in its forms -> what is left, and what was called. Run once. */
final class Runs {
  private static final Map<Scenario, Map<Form, Run>> DONE = new HashMap<>();

  private Runs() {}

  /**
   * What a run left.
   *
   * @param state of all pipes, buckets and tables
   * @param calls of AWS, as IAM's actions
   */
  record Run(State state, Set<String> calls) {}

  static synchronized Map<Form, Run> of(Scenario scenario) throws Exception {
    Map<Form, Run> runs = DONE.get(scenario);
    if (runs == null) {
      runs = sideBySide(scenario);
      DONE.put(scenario, runs);
    }
    return runs;
  }

  /** Each in a world of its own: most of the time they wait. */
  private static Map<Form, Run> sideBySide(Scenario scenario) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Map<Form, Future<Run>> begun = new EnumMap<>(Form.class);
      for (Form form : List.of(Form.CONTAINER, scenario.onLambda())) {
        begun.put(form, threads.submit(() -> run(scenario, form)));
      }
      Map<Form, Run> runs = new EnumMap<>(Form.class);
      for (var one : begun.entrySet()) runs.put(one.getKey(), one.getValue().get());
      return runs;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Run run(Scenario scenario, Form form) throws Exception {
    Path directory =
        directory(scenario.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "-" + form);
    try (World world = World.start(directory)) {
      State state;
      scenario.prepare(world);
      try (Running running = Running.start(form, scenario.element(), world, directory)) {
        scenario.run(world, running);
        state = State.of(world).with("checkpoints", scenario.checkpoints(world, running));
        scenario.afterwards(world, running);
      }
      return new Run(state, Recorder.actions(world.calls));
    }
  }

  /** Under target: what a red test left can be looked at. */
  static Path directory(String name) throws IOException {
    Path directory = Path.of("target", "runs", name).toAbsolutePath().normalize();
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList())
          Files.delete(file);
      }
    }
    return Files.createDirectories(directory);
  }
}
