// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
  private static final Path HOME = SharedPipeline.home();

  @Test
  void every_module_has_a_readme() throws IOException {
    List<String> modules = modules();
    assertThat(modules).hasSizeGreaterThan(20);
    assertThat(modules)
        .allMatch(module -> Files.isRegularFile(HOME.resolve(module).resolve("README.md")));
  }

  private static List<String> modules() throws IOException {
    Matcher module =
        Pattern.compile("<module>([a-z/-]+)</module>")
            .matcher(Files.readString(HOME.resolve("pom.xml")));
    return module.results().map(found -> found.group(1)).toList();
  }

  @Test
  void every_link_to_a_file_leads_to_one() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        links++;
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(HOME.relativize(document) + " -> " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> all = Files.walk(HOME)) {
      return all.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !HOME.relativize(file).toString().matches("(.*/)?(target|\\..*)/.*"))
          .toList();
    }
  }
}
