// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import aqueduct.topology.Element.RunsOn;
import aqueduct.topology.Pipe;
import aqueduct.topology.Topology;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** permissions.yml and a topology -> what each element may do, where it runs. */
public final class Permissions {
  private final Map<String, Map<String, List<String>>> elements;
  private final Map<String, Map<String, List<String>>> seldom;
  private final Map<String, List<String>> output;
  private final Map<String, List<String>> input;
  private final Map<String, List<String>> readerTables;
  private final Map<String, List<String>> lambda;

  @SuppressWarnings("unchecked") // a file of our own; a test reads it
  private Permissions(Map<String, Object> file) {
    elements = (Map<String, Map<String, List<String>>>) part(file, "elements");
    seldom = (Map<String, Map<String, List<String>>>) part(file, "seldom");
    output = (Map<String, List<String>>) part(file, "output");
    input = (Map<String, List<String>>) part(file, "input");
    readerTables = (Map<String, List<String>>) part(file, "reader-tables");
    lambda = (Map<String, List<String>>) part(file, "lambda");
  }

  private static Object part(Map<String, Object> file, String name) {
    Object part = file.get(name);
    if (part == null) throw new IllegalArgumentException("permissions.yml has no " + name);
    return part;
  }

  public static Permissions read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Permissions(new Yaml(new SafeConstructor(new LoaderOptions())).load(reader));
    }
  }

  /** The element's own calls: what its code and its binders make, and what they make seldom. */
  public List<Grant> own(String element, Topology topology) {
    Grants grants = new Grants();
    usual(element, topology).forEach(grants::add);
    grants.addAll(seldom.getOrDefault(element, Map.of()));
    for (String guest : guests(element, topology)) own(guest, topology).forEach(grants::add);
    return grants.sorted();
  }

  /** Without what it calls seldom. */
  public List<Grant> usual(String element, Topology topology) {
    Grants grants = new Grants();
    grants.addAll(elements.getOrDefault(element, Map.of()));
    for (String pipe : topology.outputs(element)) {
      grants.add(service(topology, pipe), pipe, output);
    }
    for (String guest : guests(element, topology)) usual(guest, topology).forEach(grants::add);
    if (topology.element(element).runsOn() != RunsOn.LAMBDA) reading(element, topology, grants);
    return grants.sorted();
  }

  private static List<String> guests(String host, Topology topology) {
    return topology.elements().entrySet().stream()
        .filter(element -> element.getValue().with().equals(host))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void reading(String element, Topology topology, Grants grants) {
    for (String pipe : topology.inputs(element)) {
      String service = service(topology, pipe);
      grants.add(service, pipe, input);
      // Spark's job keeps its place in the metric store.
      boolean binder = topology.element(element).runsOn() == RunsOn.ECS;
      if (service.equals("kinesis") && binder) grants.addAll(readerTables);
    }
  }

  /** What Lambda does in the element's name; nothing where it does not run there. */
  public List<Grant> ofLambda(String element, Topology topology) {
    Grants grants = new Grants();
    if (topology.element(element).runsOn() == RunsOn.LAMBDA) {
      for (String pipe : topology.inputs(element)) {
        String service = service(topology, pipe);
        grants.add(service, pipe, lambda);
        if (service.equals("kinesis")) {
          grants.add(new Grant("sqs", Queues.givenUp(pipe), new TreeSet<>(List.of("SendMessage"))));
        }
      }
    }
    return grants.sorted();
  }

  private static String service(Topology topology, String pipe) {
    Pipe.Kind kind = topology.pipe(pipe).kind();
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Grants of the same thing become one. */
  private static final class Grants {
    private final Map<String, Grant> byThing = new TreeMap<>();

    void add(Grant grant) {
      byThing.merge(
          grant.service() + ":" + grant.resource(),
          grant,
          (a, b) -> {
            TreeSet<String> both = new TreeSet<>(a.actions());
            both.addAll(b.actions());
            return new Grant(a.service(), a.resource(), both);
          });
    }

    /** A direct pipe is a call within the process and needs no leave. */
    void add(String service, String resource, Map<String, List<String>> actionsByService) {
      List<String> actions = actionsByService.get(service);
      if (actions != null) add(new Grant(service, resource, new TreeSet<>(actions)));
    }

    void addAll(Map<String, List<String>> actionsByThing) {
      actionsByThing.forEach(
          (thing, actions) -> {
            String[] parts = thing.split(":", 2);
            add(new Grant(parts[0], parts[1], new TreeSet<>(actions)));
          });
    }

    List<Grant> sorted() {
      return new ArrayList<>(byThing.values());
    }
  }
}
