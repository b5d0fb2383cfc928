// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.topology.Mermaid;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The topology -> a picture that GitHub and many editors draw. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description =
        "Prints the topology as a Mermaid flowchart: buckets, queues, streams, elements and where they run.",
    footer = {
      "",
      "Examples:",
      "  ./aqueduct graph",
      "  ./aqueduct graph --over fused",
      "  ./aqueduct graph --over development"
    })
final class GraphCommand implements Callable<Integer> {
  @Mixin private TopologyOption topology = new TopologyOption();

  @Override
  public Integer call() throws IOException {
    System.out.print(Mermaid.of(topology.read()));
    System.out.flush();
    return 0;
  }
}
