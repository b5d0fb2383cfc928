// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import java.util.Map;
import java.util.function.Predicate;

/**
 * A topology -> a Mermaid flowchart: elements are boxes with where they run, queues are rounded,
 * streams are cylinders; elements of one process stand in one frame and a direct pipe is a thick
 * arrow. The same topology gives the same text.
 */
public final class Mermaid {
  private final Topology topology;
  private final StringBuilder text = new StringBuilder("flowchart LR\n");

  private Mermaid(Topology topology) {
    this.topology = topology;
  }

  public static String of(Topology topology) {
    Mermaid mermaid = new Mermaid(topology);
    mermaid.buckets();
    mermaid.elements();
    mermaid.pipes();
    return mermaid.text.toString();
  }

  private void line(String line) {
    text.append("  ").append(line).append('\n');
  }

  private void buckets() {
    topology
        .buckets()
        .forEach(
            (role, bucket) -> {
              if (!bucket.notifies().isEmpty()) {
                line(
                    "bucket-%s[(\"%s\")] --> %s".formatted(role, bucket.name(), bucket.notifies()));
              }
            });
  }

  private void elements() {
    topology
        .elements()
        .forEach(
            (name, element) -> {
              if (element.with().isEmpty()) host(name, element);
            });
  }

  /** An element, in a frame with those that share its process. */
  private void host(String name, Element element) {
    Predicate<Element> guest = other -> other.with().equals(name);
    String where = element.runsOn().name().toLowerCase(java.util.Locale.ROOT);
    if (topology.elements().values().stream().noneMatch(guest)) {
      line("%s[\"%s<br/><small>%s</small>\"]".formatted(name, name, where));
      return;
    }
    line("subgraph process-%s [\"one process on %s\"]".formatted(name, where));
    line("  %s[\"%s\"]".formatted(name, name));
    topology.elements().entrySet().stream()
        .filter(other -> guest.test(other.getValue()))
        .map(Map.Entry::getKey)
        .forEach(other -> line("  %s[\"%s\"]".formatted(other, other)));
    line("end");
  }

  private void pipes() {
    topology
        .pipes()
        .forEach(
            (name, pipe) -> {
              if (pipe.kind() == Pipe.Kind.DIRECT) direct(name, pipe);
              else stored(name, pipe);
            });
  }

  private void direct(String name, Pipe pipe) {
    for (String from : pipe.from()) {
      pipe.to().forEach(to -> line("%s ==\"%s\"==> %s".formatted(from, name, to)));
    }
  }

  private void stored(String name, Pipe pipe) {
    line(shape(pipe.kind()).formatted(name, name));
    pipe.from().stream()
        .filter(topology.elements()::containsKey)
        .forEach(from -> line("%s --> %s".formatted(from, name)));
    pipe.to().forEach(to -> line("%s --> %s".formatted(name, to)));
    if (!pipe.deadLetter().isEmpty()) {
      line("%s -.-> %s([\"%s\"])".formatted(name, pipe.deadLetter(), pipe.deadLetter()));
    }
  }

  private static String shape(Pipe.Kind kind) {
    return switch (kind) {
      case SQS -> "%s([\"%s\"])";
      case KINESIS -> "%s[(\"%s<br/><small>stream</small>\")]";
      case S3 -> "%s[(\"%s<br/><small>objects</small>\")]";
      case DIRECT -> throw new IllegalArgumentException("a direct pipe has no shape");
    };
  }
}
