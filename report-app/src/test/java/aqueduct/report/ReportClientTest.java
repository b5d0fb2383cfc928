// SPDX-License-Identifier: Apache-2.0
package aqueduct.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.client.ReportClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a downstream program gets from the running server. */
@SpringBootTest(classes = ReportApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class ReportClientTest {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "```java\n((?:import [^\n]*\n|\n)*public class PrintReport.*?)```", Pattern.DOTALL);
  private static final EmbeddedPostgres POSTGRES = FilledStore.start();
  @TempDir Path directory;
  @Autowired private ServletWebServerApplicationContext server;

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    var unused = FilledStore.fill(POSTGRES.getPostgresDatabase());
    properties.add("spring.datasource.url", () -> POSTGRES.getJdbcUrl("postgres", "postgres"));
    properties.add("spring.datasource.username", () -> "postgres");
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getWebServer().getPort());
  }

  @Test
  void reports_and_status_come_as_json_and_a_refusal_in_the_servers_words() throws Exception {
    ReportClient client = new ReportClient(base());

    assertThat(client.reports().get("days")).isNotEmpty();
    assertThat(client.status().get("conservation").get("gap").asLong()).isZero();
    assertThat(
            client
                .report("traffic", Map.of("day", "2026-11-20", "grain", "1d", "by", ""))
                .get("rows")
                .get(0)
                .get("requests")
                .asLong())
        .isEqualTo(1008);
    assertThatThrownBy(() -> client.report("traffic", Map.of("grain", "7m")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("400")
        .hasMessageContaining("grain");
  }

  @Test
  void the_program_of_the_docs_prints_the_requests_of_each_site() throws Exception {
    Path root = Path.of(System.getProperty("aqueduct.root"));
    Matcher program =
        PROGRAM.matcher(Files.readString(root.resolve("docs/reading-the-streams.md")));
    assertThat(program.find()).isTrue();
    Path source = directory.resolve("PrintReport.java");
    Files.writeString(source, program.group(1));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                source.toString(),
                base().toString(),
                "2026-11-20")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readAllLines(output)).isNotEmpty().allMatch(line -> line.matches("\\S+ \\d+"));
  }
}
