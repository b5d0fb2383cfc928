// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import aqueduct.local.system.Topology;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the house: who may know whom, and that files agree which say the same. */
class HouseTest {
  private static final String[] ELEMENTS = {
    "aqueduct.backup..",
    "aqueduct.router..",
    "aqueduct.streamify..",
    "aqueduct.enrich..",
    "aqueduct.quarantine..",
    "aqueduct.count..",
    "aqueduct.aggregate..",
    "aqueduct.arbiter..",
    "aqueduct.report.."
  };
  private static JavaClasses house;

  @BeforeAll
  static void read() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importLocations(ours());
  }

  /** The modules alone: reading three hundred jars to find them costs more than all rules. */
  private static List<Location> ours() {
    Path home = SharedPipeline.home().toAbsolutePath().normalize();
    return Stream.of(SharedPipeline.classPath().split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(entry -> entry.startsWith(home) && !entry.endsWith("test-classes"))
        .filter(entry -> !entry.getParent().endsWith("lib"))
        .map(HouseTest::location)
        .toList();
  }

  private static Location location(Path entry) {
    if (Files.isDirectory(entry)) return Location.of(entry);
    try (JarFile jar = new JarFile(entry.toFile())) {
      return Location.of(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void logs_enrichment_and_metrics_know_no_spring_no_aws_and_no_spark() {
    noClasses()
        .that()
        .resideInAnyPackage("aqueduct.logs..", "aqueduct.enrichment..", "aqueduct.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "software.amazon..", "org.apache.spark..")
        .check(house);
  }

  @Test
  void only_the_aggregation_knows_spark() {
    noClasses()
        .that()
        .resideOutsideOfPackages("aqueduct.aggregate..", "aqueduct.correction..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(house);
  }

  @Test
  void logs_know_nothing_else_and_enrichment_and_metrics_only_logs() {
    noClasses()
        .that()
        .resideInAPackage("aqueduct.logs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("aqueduct.enrichment..", "aqueduct.metrics..", "aqueduct.stores..")
        .check(house);
    noClasses()
        .that()
        .resideInAnyPackage("aqueduct.enrichment..", "aqueduct.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("aqueduct.stores..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("aqueduct.enrichment..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("aqueduct.metrics..")
        .check(house);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup",
        "router",
        "streamify",
        "enrich",
        "quarantine",
        "count",
        "aggregate",
        "arbiter",
        "report",
        "sqs",
        "servers"
      })
  void elements_do_not_know_each_other_and_nobody_knows_local_app(String element) {
    List<String> others = new ArrayList<>(List.of(ELEMENTS));
    others.remove("aqueduct." + element + "..");
    others.add("aqueduct.local..");
    noClasses()
        .that()
        .resideInAPackage("aqueduct." + element + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(house);
  }

  @Test
  void the_shared_model_knows_no_element() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "aqueduct.logs..", "aqueduct.enrichment..", "aqueduct.metrics..", "aqueduct.stores..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ELEMENTS)
        .check(house);
  }

  @Test
  void no_class_or_package_has_a_name_that_says_nothing() {
    noClasses()
        .that()
        .resideInAPackage("aqueduct..") // kinesis-binder's jar has classes of the KPL in it
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..service..",
            "..impl..",
            "..dto..",
            "..common..",
            "..helper..")
        .check(house);
  }

  @Test
  void what_loses_or_changes_bytes_is_not_used() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.zip.GZIPInputStream")
        .because("on JDK 17 it loses concatenated members on network streams")
        .check(house);
    noClasses()
        .that()
        .resideInAnyPackage("aqueduct.logs..", "aqueduct.enrichment..")
        .and()
        .haveSimpleNameNotContaining("Campaign")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLDecoder")
        .because("+ is a plus in agents and paths; only in the parameters of a query it is a space")
        .check(house);
  }

  @Test
  void beans_come_by_constructor() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Autowired")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.springframework.context.annotation.ComponentScan")
        .check(house);
  }

  @Test
  void functions_and_configurations_are_where_they_are_looked_for() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Function")
        .and()
        .resideInAnyPackage(ELEMENTS)
        .should()
        .bePublic()
        .check(house);
  }

  @Test
  void readme_pom_and_topology_name_the_elements_in_one_order() throws IOException {
    Path home = SharedPipeline.home();
    List<String> modules =
        all("<module>([a-z-]+)</module>", Files.readString(home.resolve("pom.xml")));
    List<String> rows =
        all("(?m)^\\| \\[([a-z-]+)\\]", Files.readString(home.resolve("README.md")));
    assertThat(modules).as("README's table, and pom").containsSubsequence(rows);
    List<String> elements =
        modules.stream()
            .filter(module -> module.matches(".*-(fn|app|batch)"))
            .filter(module -> !module.equals("local-app"))
            .toList();
    assertThat(rows).as("pom, and README's table").containsAll(elements);

    List<String> flow = new ArrayList<>();
    Topology.read(Optional.empty()).pipes().entrySet().stream()
        .filter(pipe -> !pipe.getKey().equals("rejected-logs"))
        .map(Map.Entry::getValue)
        .forEach(pipe -> pipe.to().stream().filter(to -> !flow.contains(to)).forEach(flow::add));
    List<String> names = rows.stream().map(row -> row.replaceFirst("-.*", "")).toList();
    assertThat(names)
        .as("README's table, and the readers of topology.yml")
        .containsSubsequence(flow);
  }

  private static List<String> all(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) found.add(matcher.group(1));
    return found;
  }
}
