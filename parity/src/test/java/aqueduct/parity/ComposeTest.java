// SPDX-License-Identifier: Apache-2.0
package aqueduct.parity;

import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.topology.Element.RunsOn;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml and the images' files agree with what they are taken from. */
class ComposeTest {
  private static final Path IMAGE = World.root().resolve("manifests/image/app/jvm");

  @SuppressWarnings("unchecked") // a file of our own
  private static Map<String, Map<String, Object>> services() throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(100);
    try (Reader file = Files.newBufferedReader(World.root().resolve("docker-compose.yml"))) {
      Map<String, Object> compose = new Yaml(new SafeConstructor(options)).load(file);
      return (Map<String, Map<String, Object>>) compose.get("services");
    }
  }

  @Test
  void every_element_of_the_topology_is_a_service_of_its_own_image() throws IOException {
    Map<String, Map<String, Object>> services = services();
    World.topology()
        .elements()
        .forEach(
            (name, element) -> {
              String image = name + (element.runsOn() == RunsOn.EMR ? "-app:" : "-fn:");
              assertThat(services).containsKey(name);
              assertThat(services.get(name).get("image").toString()).contains("/" + image);
            });
  }

  @Test
  void no_container_is_root_or_writes_on_itself_or_is_reached_from_outside() throws IOException {
    assertThat(services().values())
        .hasSizeGreaterThan(7)
        .allMatch(service -> service.get("user").equals("1000:1000"))
        .allMatch(service -> service.get("read_only").equals(true))
        .allMatch(service -> service.get("cap_drop").equals(List.of("ALL")));
    assertThat(services().values().stream().filter(service -> service.containsKey("ports")))
        .singleElement()
        .asString()
        .contains("127.0.0.1:");
  }

  @Test
  void nothing_of_others_is_started_by_default() throws IOException {
    assertThat(services().values())
        .filteredOn(service -> !service.get("image").toString().startsWith("${AQUEDUCT_IMAGES:-"))
        .isNotEmpty()
        .allMatch(service -> service.containsKey("profiles"));
  }

  @Test
  void every_element_waits_until_what_it_needs_is_there() throws IOException {
    Map<String, Map<String, Object>> services = services();
    assertThat(services.get("servers")).containsKey("healthcheck");
    assertThat(services).containsKey("report");
    World.topology()
        .elements()
        .keySet()
        .forEach(
            name ->
                assertThat(services.get(name).get("depends_on"))
                    .isEqualTo(Map.of("servers", Map.of("condition", "service_healthy"))));
  }

  @Test
  void floci_env_sets_what_the_compose_file_reads() throws IOException {
    String compose = Files.readString(World.root().resolve("docker-compose.yml"));
    assertThat(options(World.root().resolve("manifests/floci.env")))
        .contains("COMPOSE_PROFILES=floci")
        .filteredOn(line -> !line.startsWith("COMPOSE_"))
        .allMatch(line -> compose.contains("${" + line.split("=", 2)[0] + ":-"));
    assertThat(services().get("floci").get("profiles")).isEqualTo(List.of("floci"));
  }

  @Test
  void spark_s_images_have_all_options_that_spark_asks_for() throws IOException {
    List<String> image = Files.readAllLines(IMAGE.resolve("spark.jvm"));
    assertThat(image).containsAll(options(IMAGE.resolve("element.jvm")));
    for (String app :
        List.of(
            "aggregate-app/src/main/jvm/aggregate", "correction-batch/src/main/jvm/correction")) {
      assertThat(image).containsAll(options(World.root().resolve(app + ".jvm")));
    }
  }

  private static List<String> options(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }
}
