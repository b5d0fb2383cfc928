// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.cases.Case;
import aqueduct.enrichment.cases.CaseFile;
import aqueduct.enrichment.cases.CaseResult;
import aqueduct.enrichment.cases.CaseRunner;
import aqueduct.local.check.SettingsCheck;
import aqueduct.stores.enrichment.EnrichmentProperties;
import aqueduct.stores.enrichment.Enrichments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** Files of cases -> which of them the configuration passes. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Tests a configuration: reads log lines from YAML files, enriches them as the pipeline does"
          + " and compares the fields with what is expected. Exit status 1: a case failed.",
      "",
      "A case has a name, a log line (text with tabs, or a map of columns) and what to expect of"
          + " it: canonical fields, ~ for one that must be absent, 'filtered' with a rule's name,"
          + " or 'rejected' with a reason."
    },
    footer = {
      "",
      "A file of cases, cases.yml:",
      "  cases:",
      "    - name: a page that a search engine sent",
      "      log: {date: 2026-11-23, time: \"10:00:00\", cs-method: GET, cs-uri-stem: /, sc-status:"
          + " 200,",
      "            cs(User-Agent): \"Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36\",",
      "            cs(Referer): \"https://www.google.com/search?q=shoes\"}",
      "      expect: {event.kind: page_view, referrer.term: shoes, campaign.source: ~}",
      "",
      "Examples:",
      "  ./aqueduct test cases.yml",
      "  ./aqueduct test cases.yml --config mine.yml --show",
    })
final class TestCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "files of cases")
  private List<Path> files = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings under aqueduct.enrichment, as the pipeline gets them")
  private @Nullable Path config;

  @Option(names = "--show", description = "print all fields of every case, to write cases from")
  private boolean show;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CaseRunner runner = new CaseRunner(context());
    int cases = 0;
    int failed = 0;
    for (Path file : files) {
      for (Case test : CaseFile.read(file)) {
        CaseResult result = runner.run(test);
        cases++;
        failed += result.passed() ? 0 : 1;
        print(out, result);
      }
    }
    out.println(cases + (cases == 1 ? " case, " : " cases, ") + failed + " failed");
    out.flush();
    return failed == 0 ? 0 : 1;
  }

  private void print(PrintWriter out, CaseResult result) {
    out.println((result.passed() ? "ok      " : "FAILED  ") + result.test().name());
    for (CaseResult.Difference difference : result.differences()) {
      out.println("        " + difference.field());
      out.println("          - expected  " + difference.expected());
      out.println("          + got       " + difference.actual());
    }
    if (show) {
      out.println("        " + result.event());
    }
  }

  private EnrichmentContext context() throws IOException {
    EnrichmentProperties properties = properties(Optional.ofNullable(config));
    return Enrichments.context(properties, S3Client::create);
  }

  /** The settings of the file, over the defaults, once nothing in it is wrong. */
  static EnrichmentProperties properties(Optional<Path> config) throws IOException {
    if (config.isPresent()) SettingsCheck.require(config);
    StandardEnvironment environment = new StandardEnvironment();
    if (config.isPresent()) {
      new YamlPropertySourceLoader()
          .load("config", new FileSystemResource(config.get()))
          .forEach(source -> environment.getPropertySources().addFirst(source));
    }
    ConfigurationPropertySources.attach(environment);
    try {
      return Binder.get(environment)
          .bindOrCreate("aqueduct.enrichment", EnrichmentProperties.class);
    } catch (BindException e) {
      throw new IllegalArgumentException(e.getMessage() + ": " + rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
