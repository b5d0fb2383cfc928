// SPDX-License-Identifier: Apache-2.0
package aqueduct.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed topologies, as they are read and as they are drawn. */
class TopologyTest {
  private static final Path MANIFESTS = Path.of(System.getProperty("aqueduct.root"), "manifests");
  @TempDir Path directory;

  private static Topology read(String... over) throws IOException {
    return TopologyReader.read(
        MANIFESTS.resolve("topology.yml"),
        Arrays.stream(over).map(MANIFESTS.resolve("topologies")::resolve).toList());
  }

  @Test
  void every_element_that_a_pipe_names_is_declared_in_every_topology() throws IOException {
    for (String over :
        List.of(
            "on-ecs.yml",
            "fused.yml",
            "third-environment.yml",
            "small-site.yml",
            "development.yml",
            "second-enrichment.yml")) {
      Set<String> unknown = read(over).unknownElements();
      unknown.remove("operator");
      assertThat(unknown).as(over).isEmpty();
    }
  }

  @Test
  void a_file_laid_over_changes_what_it_names_and_nothing_else() throws IOException {
    Topology plain = read();
    Topology fused = read("fused.yml");

    assertThat(plain.pipe("raw-logs").kind()).isEqualTo(Pipe.Kind.KINESIS);
    assertThat(fused.pipe("raw-logs").kind()).isEqualTo(Pipe.Kind.DIRECT);
    assertThat(fused.pipe("raw-logs").from()).isEqualTo(plain.pipe("raw-logs").from());
    assertThat(fused.pipe("enriched-logs")).isEqualTo(plain.pipe("enriched-logs"));
    assertThat(fused.element("enrich").with()).isEqualTo("streamify");
  }

  @Test
  void the_graph_shows_fused_elements_in_one_process_joined_by_a_thick_arrow() throws IOException {
    assertThat(Mermaid.of(read("fused.yml")))
        .contains("subgraph process-streamify [\"one process on lambda\"]")
        .contains("streamify ==\"raw-logs\"==> enrich")
        .doesNotContain("raw-logs[(");
    assertThat(Mermaid.of(read()))
        .contains("raw-logs[(\"raw-logs<br/><small>stream</small>\")]")
        .contains("streamify --> raw-logs")
        .contains("raw-logs --> enrich")
        .doesNotContain("subgraph");
  }

  @Test
  void the_graph_shows_a_second_enrichment_between_two_pipes() throws IOException {
    assertThat(Mermaid.of(read("second-enrichment.yml")))
        .contains("enrich --> enriched-unlabelled")
        .contains("enriched-unlabelled --> label")
        .contains("label --> enriched-logs")
        .doesNotContain("enrich --> enriched-logs");
  }

  @Test
  void the_graph_shows_a_third_environment() throws IOException {
    assertThat(Mermaid.of(read("third-environment.yml")))
        .contains("router --> files-to-stream-staging")
        .contains("router --> files-to-stream-production");
  }

  @Test
  void the_graph_of_a_small_site_has_no_stream() throws IOException {
    assertThat(Mermaid.of(read("small-site.yml")))
        .doesNotContain("stream</small>")
        .contains("==\"enriched-logs\"==> count");
  }

  @Test
  void the_graph_shows_where_an_element_runs_after_one_property() throws IOException {
    Path over = directory.resolve("over.yml");
    Files.writeString(over, "aqueduct.elements.enrich.runs-on: ecs\n");
    Topology moved = TopologyReader.read(MANIFESTS.resolve("topology.yml"), List.of(over));

    assertThat(Mermaid.of(read())).contains("enrich[\"enrich<br/><small>lambda</small>\"]");
    assertThat(Mermaid.of(moved)).contains("enrich[\"enrich<br/><small>ecs</small>\"]");
  }

  @Test
  void a_wrong_value_is_named_with_its_property() throws IOException {
    Path over = directory.resolve("over.yml");
    Files.writeString(over, "aqueduct.pipes.raw-logs.kind: kafka\n");

    assertThatThrownBy(() -> TopologyReader.read(MANIFESTS.resolve("topology.yml"), List.of(over)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aqueduct.pipes.raw-logs");
    assertThatThrownBy(() -> read("not-there.yml")).isInstanceOf(NoSuchFileException.class);
  }
}
