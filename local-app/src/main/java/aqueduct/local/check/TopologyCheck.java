// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.check;

import aqueduct.local.system.Topology;
import aqueduct.local.system.Topology.Bucket;
import aqueduct.local.system.Topology.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The topology -> what does not fit together in it: a pipe without its one writer or with a reader
 * that is not there, a binding to no pipe, a name that no bucket or queue can have.
 */
final class TopologyCheck {
  /** What writes to or reads from pipes, in the order of the flow. */
  static final List<String> ELEMENTS =
      List.of(
          "s3",
          "operator",
          "backup",
          "router",
          "streamify",
          "enrich",
          "quarantine",
          "count",
          "aggregate");

  private static final Set<String> ROLES = Set.of("ingest", "backup", "datasets", "rejected");

  /** The one pipe that every element writes to. */
  private static final String REJECTED = "rejected-logs";

  /** Off by default, and the stream that it reads is CloudFront's, none of these pipes. */
  private static final String REALTIME = "streamifyRealtime";

  private final ConfigurableEnvironment environment;
  private final Places places;
  private final Topology topology;
  private final Map<String, String> bindings = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  TopologyCheck(ConfigurableEnvironment environment) {
    this.environment = environment;
    places = new Places(environment);
    topology = Topology.of(environment);
    Binder.get(environment)
        .bind("spring.cloud.stream.bindings", Bindable.mapOf(String.class, Object.class))
        .ifBound(found -> found.keySet().forEach(this::binding));
  }

  private void binding(String name) {
    if (name.startsWith(REALTIME)) return;
    String destination =
        environment.getProperty("spring.cloud.stream.bindings." + name + ".destination", "");
    bindings.put(name, destination);
  }

  List<Problem> problems() {
    buckets();
    topology.pipes().forEach(this::pipe);
    bindings.forEach(this::destination);
    bucketOf("aqueduct.backup.backup-bucket");
    bucketOf("aqueduct.streamify.bucket");
    bucketOf("aqueduct.quarantine.bucket");
    return problems;
  }

  private void wrong(String property, Object value, String what) {
    problems.add(new Problem(places.of(property), property, String.valueOf(value), what));
  }

  private void buckets() {
    ROLES.stream()
        .filter(role -> !topology.buckets().containsKey(role))
        .forEach(role -> wrong("aqueduct.buckets." + role, "", "is missing: name a bucket"));
    topology.buckets().forEach(this::bucket);
  }

  private void bucket(String role, Bucket bucket) {
    if (!bucket.name().matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      wrong(
          "aqueduct.buckets." + role + ".name",
          bucket.name(),
          "must be 3 to 63 small letters, digits, dots and dashes");
    }
    String queue = bucket.notifies();
    Pipe pipe = topology.pipes().get(queue);
    if (!queue.isEmpty() && (pipe == null || !pipe.kind().equals("sqs"))) {
      wrong("aqueduct.buckets." + role + ".notifies", queue, "must be one of " + pipes("sqs"));
    }
  }

  private String pipes(String kind) {
    return topology.pipes().entrySet().stream()
        .filter(pipe -> pipe.getValue().kind().equals(kind))
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private void pipe(String name, Pipe pipe) {
    String property = "aqueduct.pipes." + name;
    if (!Set.of("sqs", "kinesis", "direct").contains(pipe.kind())) {
      wrong(property + ".kind", pipe.kind(), "must be sqs, kinesis or direct");
    }
    if (pipe.kind().equals("kinesis") && !pipe.codec().matches("zstd|kpl")) {
      wrong(property + ".codec", pipe.codec(), "must be zstd or kpl");
    }
    if (pipe.shards() < 1 || pipe.shards() > 1000) {
      wrong(property + ".shards", pipe.shards(), "must be 1 to 1000");
    }
    if (pipe.kind().equals("sqs") && pipe.deadLetter().isEmpty()) {
      wrong(
          property + ".dead-letter",
          "",
          "is missing: name a queue, or a poison message comes back for ever");
    }
    writers(name, pipe);
    readers(name, pipe);
  }

  private void writers(String name, Pipe pipe) {
    String property = "aqueduct.pipes." + name + ".from";
    known(property, pipe.from());
    if (pipe.from().isEmpty() || pipe.from().size() > 1 && !name.equals(REJECTED)) {
      wrong(property, pipe.from(), "a pipe has one writer; only " + REJECTED + " has several");
    }
    if (pipe.from().contains("s3")
        && topology.buckets().values().stream().noneMatch(b -> b.notifies().equals(name))) {
      wrong(
          property,
          pipe.from(),
          "no bucket notifies " + name + ": set aqueduct.buckets.*.notifies");
    }
    if (pipe.from().contains("router")
        && pipe.kind().equals("sqs")
        && !isBound("router-out-", name)) {
      wrong(property, pipe.from(), "no binding router-out-* has the destination " + name);
    }
  }

  private void readers(String name, Pipe pipe) {
    String property = "aqueduct.pipes." + name + ".to";
    known(property, pipe.to());
    for (String reader : pipe.to()) {
      if (ELEMENTS.contains(reader) && !reader.equals("aggregate") && !isBound("-in-0", name)) {
        wrong(property, pipe.to(), "no binding *-in-0 has the destination " + name);
      }
    }
  }

  private void known(String property, List<String> elements) {
    for (String element : elements) {
      if (!ELEMENTS.contains(element)) {
        wrong(
            property,
            element,
            "there is no such element; there are " + String.join(", ", ELEMENTS));
      }
    }
  }

  private boolean isBound(String part, String pipe) {
    return bindings.entrySet().stream()
        .anyMatch(b -> b.getKey().contains(part) && b.getValue().equals(topology.prefix() + pipe));
  }

  private void destination(String binding, String destination) {
    boolean known =
        topology.pipes().keySet().stream().anyMatch(p -> destination.equals(topology.prefix() + p));
    if (!known) {
      wrong(
          "spring.cloud.stream.bindings." + binding + ".destination",
          destination,
          "must be one of aqueduct.pipes: " + String.join(", ", topology.pipes().keySet()));
    }
  }

  private void bucketOf(String property) {
    Set<String> names = new TreeSet<>();
    topology.buckets().values().forEach(bucket -> names.add(bucket.name()));
    String name = environment.getProperty(property, "");
    if (!names.contains(name)) {
      wrong(property, name, "must be one of the buckets " + String.join(", ", names));
    }
  }
}
