// SPDX-License-Identifier: Apache-2.0
package aqueduct.local;

import aqueduct.enrichment.Explainer;
import aqueduct.enrichment.Explainer.Explanation;
import aqueduct.local.lineage.PastedLine;
import aqueduct.logs.CanonicalJson;
import aqueduct.logs.CorruptRecordException;
import aqueduct.metrics.Cube;
import aqueduct.metrics.MetricDelta;
import aqueduct.metrics.ReportSpec;
import aqueduct.stores.enrichment.Enrichments;
import aqueduct.wire.EnrichedLog;
import aqueduct.wire.RawLog;
import aqueduct.wire.Rejection;
import com.google.protobuf.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.s3.S3Client;

/** One pasted log line -> what each step of the pipeline makes of it. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Walks one log line through reading, cleaning, every enrichment and the metrics, and shows"
          + " what each did to it.",
      "Nothing is stored, and no pipeline need run. Exit status 1: the line is rejected."
    },
    footer = {
      "",
      "Examples:",
      "  zcat E2KG6TMBAL2PBU.2021-01-23-13.23aaa605.gz | tail -1 | ./aqueduct explain -",
      "  ./aqueduct explain --fields 'date time sc-status cs-uri-stem' -",
    })
final class ExplainCommand implements Callable<Integer> {
  private final PrintStream out = System.out;

  @Parameters(
      paramLabel = "LINE|-",
      description = "the line with its tabs, as logged; - reads it from standard input")
  private String line = "";

  @Option(
      names = "--fields",
      paramLabel = "NAMES",
      description = "names of the columns, as in #Fields; default: by their number")
  private String fields = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings under aqueduct.enrichment, as the pipeline gets them")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException {
    PastedLine pasted = PastedLine.read(line.equals("-") ? standardInput() : line, fields);
    Optional<Rejection> rejection = pasted.rejection();
    if (rejection.isPresent()) {
      row("read", "rejected: " + rejection.get().getReason());
      row("", rejection.get().getMessage());
      return 1;
    }
    row("read", json(pasted.event()));
    row("chunk", pasted.chunk());
    return enrich(pasted);
  }

  private static String standardInput() throws IOException {
    String read =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (read == null) throw new IllegalArgumentException("Standard input holds no line");
    return read;
  }

  private int enrich(PastedLine pasted) throws IOException {
    Explainer explainer =
        new Explainer(
            Enrichments.context(
                TestCommand.properties(Optional.ofNullable(config)), S3Client::create));
    try {
      Explanation explanation = explainer.explain(pasted.record());
      if (explanation.enriched().header().getFiltered() > 0) {
        row(
            "clean",
            "filtered by the rule "
                + String.join(", ", explanation.enriched().header().getFilteredByMap().keySet()));
        return 0;
      }
      row("clean", "stays");
      explanation.steps().forEach(step -> row("+ " + step.name(), added(step.added())));
      byte[] event = PastedLine.only(explanation.enriched().record());
      row("enriched", json(EnrichedLog.parseFrom(event)));
      cells(event);
      return 0;
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a record that was packed just now", e);
    }
  }

  private void cells(byte[] event) {
    Cube cube = new Cube(ReportSpec.defaults());
    cube.add(event, 0, event.length);
    out.println();
    Table table =
        new Table("report", "bucket_start", "dimensions", "requests", "page_views", "bytes_sent");
    for (Iterator<MetricDelta> deltas = cube.deltas(); deltas.hasNext(); ) {
      MetricDelta delta = deltas.next();
      table.add(
          delta.key().report(),
          delta.key().bucketStart(),
          String.join(" | ", delta.key().dimensions()),
          delta.measures().requests(),
          delta.measures().pageViews(),
          delta.measures().bytesSent());
    }
    table.print(Format.TABLE, out);
  }

  private static String added(EnrichedLog fields) {
    String json = CanonicalJson.writeSet(fields);
    return json.equals("{}") ? "nothing" : json;
  }

  /** Without identities, which a pasted line does not have. */
  private static String json(Message message) {
    if (message instanceof RawLog raw) {
      return CanonicalJson.write(raw.toBuilder().clearFileId().build());
    }
    if (message instanceof EnrichedLog enriched) {
      return CanonicalJson.write(enriched.toBuilder().clearFileId().build());
    }
    return CanonicalJson.write(message);
  }

  private void row(String name, String text) {
    out.printf("%-14s %s%n", name, text);
  }
}
