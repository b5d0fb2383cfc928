// SPDX-License-Identifier: Apache-2.0
package aqueduct.bench;

import aqueduct.enrichment.BundledDatasets;
import aqueduct.enrichment.DatasetCatalogue;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.enrichment.EnrichmentSettings;
import aqueduct.enrichment.FileDatasetCatalogue;
import aqueduct.logs.Codec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A new process -> its first enriched chunk: with a user-agent dictionary that knows the chunk's
 * agents, and without one, when yauaa must be built.
 */
final class FirstBatch {
  private static final double GOAL = 0.2;
  private final Corpus corpus;
  private final Figures figures;

  FirstBatch(Corpus corpus, Figures figures) {
    this.corpus = corpus;
    this.figures = figures;
  }

  /** Where a new process prints what it took. */
  public static void main(String[] args) throws IOException {
    byte[] chunk = Files.readAllBytes(Path.of(args[0]));
    DatasetCatalogue datasets = new BundledDatasets();
    if (args.length > 1) datasets = new FileDatasetCatalogue(Path.of(args[1]), datasets);
    EnrichmentContext context = new EnrichmentContext(datasets, EnrichmentSettings.defaults());
    Core.enrich(List.of(chunk), Core.enricher(context));
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    System.out.println(CpuTime.ofThisProcess() + " " + uptime / 1e3);
  }

  void measure() throws IOException {
    Path directory = Files.createTempDirectory("aqueduct-first-");
    try {
      byte[] chunk = Core.streamify(corpus.files().subList(0, 1), Codec.ZSTD).get(0);
      Path record = Files.write(directory.resolve("chunk"), chunk);
      Path datasets = directory.resolve("datasets");
      SeenAgents.store(SeenAgents.of(corpus.files().get(0)), datasets, LocalDate.of(2026, 1, 1));
      figures.title("First enriched chunk of a new process (1,000 events, geo database opened)");
      double[] with = start(record.toString(), datasets.toString());
      double[] without = start(record.toString());
      figures.say("dictionary knows its agents", "%.1f CPU-s, %.1f s wall", with[0], with[1]);
      figures.say("yauaa built", "%.1f CPU-s, %.1f s wall", without[0], without[1]);
      figures.atMost("with dictionary over without", with[0] / without[0], GOAL, "x");
    } finally {
      DirectoryOption.delete(directory);
    }
  }

  /** CPU seconds and wall seconds that the new process says it took. */
  private static double[] start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-X"))
            .toList());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FirstBatch.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    String[] words = said.split(" ", -1);
    return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])};
  }
}
