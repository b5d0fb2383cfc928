// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who reads what from whom.
 *
 * @param name of the pipeline: the last file laid over topology.yml, or "topology"
 * @param prefix of the names of buckets, queues, streams and tables
 * @param buckets by their role
 * @param pipes by name, in the order of the flow
 * @param elements by name, in the order of the flow
 */
public record Topology(
    String name,
    String prefix,
    Map<String, Bucket> buckets,
    Map<String, Pipe> pipes,
    Map<String, Element> elements) {

  /** The pipe of that name. */
  public Pipe pipe(String pipe) {
    Pipe found = pipes.get(pipe);
    if (found == null) {
      throw new IllegalArgumentException("there is no pipe " + pipe + " in " + pipes.keySet());
    }
    return found;
  }

  /** The element of that name. */
  public Element element(String element) {
    Element found = elements.get(element);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no element " + element + " in " + elements.keySet());
    }
    return found;
  }

  /** The element in whose process it runs: its own, or another's; empty if it runs nowhere. */
  public String hostOf(String name) {
    Element found = elements.get(name);
    if (found == null) return "";
    return found.with().isEmpty() ? name : hostOf(found.with());
  }

  /** The elements that a pipe names and that run nowhere: their code is not deployed. */
  public Set<String> unknownElements() {
    Set<String> unknown = new TreeSet<>();
    pipes
        .values()
        .forEach(
            pipe -> {
              unknown.addAll(pipe.from());
              unknown.addAll(pipe.to());
            });
    unknown.removeAll(elements.keySet());
    unknown.remove("s3");
    return unknown;
  }

  /** Pipes that the element reads. */
  public List<String> inputs(String element) {
    return pipes.entrySet().stream()
        .filter(pipe -> pipe.getValue().to().contains(element))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Pipes that the element writes. */
  public List<String> outputs(String element) {
    return pipes.entrySet().stream()
        .filter(pipe -> pipe.getValue().from().contains(element))
        .map(Map.Entry::getKey)
        .toList();
  }
}
