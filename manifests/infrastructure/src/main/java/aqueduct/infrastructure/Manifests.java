// SPDX-License-Identifier: Apache-2.0
package aqueduct.infrastructure;

import aqueduct.topology.Topology;
import aqueduct.topology.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The directory {@code manifests} -> the files in it that are made from the topology. */
public final class Manifests {
  private static final Map<String, List<String>> TEMPLATES = templates();
  private final Path directory;

  public Manifests(Path directory) {
    this.directory = directory;
  }

  private static Map<String, List<String>> templates() {
    Map<String, List<String>> templates = new LinkedHashMap<>();
    templates.put("aqueduct", List.of());
    templates.put("aqueduct-on-ecs", List.of("on-ecs.yml"));
    templates.put("aqueduct-fused", List.of("fused.yml"));
    return templates;
  }

  /** topology.yml with these files of {@code manifests/topologies} laid over it. */
  public Topology topology(List<String> over) throws IOException {
    Path topologies = directory.resolve("topologies");
    return TopologyReader.read(
        directory.resolve("topology.yml"), over.stream().map(topologies::resolve).toList());
  }

  public Permissions permissions() throws IOException {
    return Permissions.read(directory.resolve("permissions.yml"));
  }

  /** Every made file and what must be in it. */
  public Map<Path, String> made() throws IOException {
    Map<Path, String> made = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> template : TEMPLATES.entrySet()) {
      made.put(
          directory.resolve("cloudformation").resolve(template.getKey() + ".yml"),
          CloudFormation.yaml(topology(template.getValue()), permissions()));
    }
    made.put(
        directory.resolve("k8s").resolve("functions.yml"),
        Kubernetes.yaml(topology(List.of("on-ecs.yml"))));
    return made;
  }

  /** Writes them; the argument is the directory. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : new Manifests(Path.of(args[0])).made().entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.writeString(file.getKey(), file.getValue());
      System.out.println(file.getKey());
    }
  }
}
