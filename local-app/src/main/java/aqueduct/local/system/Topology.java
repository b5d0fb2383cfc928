// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.system;

import aqueduct.servers.ServersTopology;
import aqueduct.servers.ServersTopology.BucketSpec;
import aqueduct.servers.ServersTopology.StreamSpec;
import aqueduct.servers.sqs.QueueSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * topology.yml, and a file of own settings before it -> buckets, queues and streams that must be
 * there.
 *
 * @param buckets by their role
 * @param pipes by name
 * @param aggregate settings of aggregate-app, which runs in a process of its own
 * @param prefix of all names
 */
public record Topology(
    Map<String, Bucket> buckets,
    Map<String, Pipe> pipes,
    Map<String, String> aggregate,
    String prefix) {

  /** A bucket and the queue that hears of its new objects. */
  public record Bucket(String name, @DefaultValue("") String notifies) {}

  /** A queue or a stream. */
  public record Pipe(
      String kind,
      @DefaultValue List<String> from,
      @DefaultValue List<String> to,
      @DefaultValue("") String deadLetter,
      @DefaultValue("5") int maxReceives,
      @DefaultValue("30s") Duration visibility,
      @DefaultValue("1") int shards,
      @DefaultValue("") String codec) {}

  public static Topology read(Optional<Path> config) throws IOException {
    return of(environment(config));
  }

  /** The settings as the elements see them: the file's before those of topology.yml. */
  public static ConfigurableEnvironment environment(Optional<Path> config) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    if (config.isPresent()) add(environment, new FileSystemResource(config.get()));
    add(environment, new ClassPathResource("topology.yml"));
    return environment;
  }

  public static Topology of(ConfigurableEnvironment environment) {
    Binder binder = Binder.get(environment);
    return new Topology(
        binder.bind("aqueduct.buckets", Bindable.mapOf(String.class, Bucket.class)).get(),
        binder.bind("aqueduct.pipes", Bindable.mapOf(String.class, Pipe.class)).get(),
        binder
            .bind("aqueduct.aggregate", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()),
        environment.getProperty("aqueduct.pipe-prefix", ""));
  }

  private static void add(ConfigurableEnvironment environment, Resource yaml) throws IOException {
    new YamlPropertySourceLoader()
        .load(yaml.getDescription(), yaml)
        .forEach(environment.getPropertySources()::addLast);
  }

  public String ingest() {
    return bucket("ingest");
  }

  public String backup() {
    return bucket("backup");
  }

  /** The name of the bucket in that role. */
  public String bucket(String role) {
    Bucket bucket = buckets.get(role);
    if (bucket == null) {
      throw new IllegalArgumentException("aqueduct.buckets." + role + " is missing: name a bucket");
    }
    return bucket.name();
  }

  /** What the servers have to make. */
  public ServersTopology servers() {
    List<QueueSpec> queues = new ArrayList<>();
    List<StreamSpec> streams = new ArrayList<>();
    pipes.forEach(
        (name, pipe) -> {
          if (pipe.kind().equals("direct")) {
            return; // a call within the process
          }
          if (pipe.kind().equals("kinesis")) {
            streams.add(new StreamSpec(prefix + name, pipe.shards()));
            return;
          }
          String dead = pipe.deadLetter().isEmpty() ? "" : prefix + pipe.deadLetter();
          if (!dead.isEmpty()) queues.add(0, QueueSpec.plain(dead));
          queues.add(new QueueSpec(prefix + name, dead, pipe.maxReceives(), pipe.visibility()));
        });
    List<BucketSpec> stores =
        buckets.values().stream()
            .map(b -> new BucketSpec(b.name(), b.notifies().isEmpty() ? "" : prefix + b.notifies()))
            .toList();
    return new ServersTopology(queues, streams, stores);
  }
}
