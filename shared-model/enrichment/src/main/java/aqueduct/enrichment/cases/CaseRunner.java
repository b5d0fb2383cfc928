// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment.cases;

import aqueduct.enrichment.Enricher;
import aqueduct.enrichment.EnrichmentContext;
import aqueduct.logs.CanonicalJson;
import aqueduct.logs.Codec;
import aqueduct.logs.CorruptRecordException;
import aqueduct.logs.FileStreamer;
import aqueduct.logs.LogFile;
import aqueduct.logs.PackedRecord;
import aqueduct.logs.ReadLimits;
import aqueduct.logs.Unpacker;
import aqueduct.wire.ChunkHeader;
import aqueduct.wire.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A case -> what differs, through the same reader and the same chain as in the pipeline. */
public final class CaseRunner {
  private final Enricher enricher;

  public CaseRunner(EnrichmentContext context) {
    enricher = new Enricher(context, Codec.KPL);
  }

  /** Reads the line, enriches it and compares. */
  public CaseResult run(Case test) {
    Outcome outcome = outcome(test);
    List<CaseResult.Difference> differences = new ArrayList<>();
    test.expected()
        .forEach(
            (field, expected) -> {
              Object actual = outcome.value(field);
              if (!same(expected, actual)) {
                differences.add(new CaseResult.Difference(field, shown(expected), shown(actual)));
              }
            });
    if (!outcome.isEvent() && !test.expected().containsKey(outcome.end)) {
      differences.add(
          0, new CaseResult.Difference("the line", "an event", outcome.end + ": " + outcome.why));
    }
    return new CaseResult(test, differences, outcome.shown());
  }

  /** What became of a line: an event's fields, or its end. */
  private record Outcome(String json, Map<?, ?> fields, String end, String why) {
    boolean isEvent() {
      return end.isEmpty();
    }

    String shown() {
      return isEvent() ? json : end + ": " + why;
    }

    /** The value of a dotted name; null if it is absent. */
    @Nullable Object value(String name) {
      if (name.equals(Case.FILTERED) || name.equals(Case.REJECTED)) {
        return end.equals(name) ? why : null;
      }
      return find(fields, name);
    }

    /** Names of maps' keys may have dots themselves. */
    private static @Nullable Object find(Map<?, ?> in, String name) {
      if (in.containsKey(name)) {
        return in.get(name);
      }
      for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
        if (in.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
          Object found = find(inner, name.substring(dot + 1));
          if (found != null) {
            return found;
          }
        }
      }
      return null;
    }
  }

  private Outcome outcome(Case test) {
    String header =
        test.fields().isEmpty() ? "" : "#Version: 1.0\n#Fields: " + test.fields() + "\n";
    byte[] file = (header + test.line() + "\n").getBytes(StandardCharsets.UTF_8);
    List<PackedRecord> chunks = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    try {
      new FileStreamer(
              new LogFile("case", "E1.2026-01-01-00.case", "", file.length),
              Codec.KPL,
              ReadLimits.defaults(),
              outlet(chunks, rejections))
          .stream(new ByteArrayInputStream(file));
      if (!rejections.isEmpty()) {
        return ended(Case.REJECTED, rejections.get(0).getReason());
      }
      return enriched(chunks.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileStreamer.Outlet outlet(List<PackedRecord> chunks, List<Rejection> rejections) {
    return new FileStreamer.Outlet() {
      @Override
      public void chunk(PackedRecord record, ChunkHeader header) {
        chunks.add(record);
      }

      @Override
      public void rejected(Rejection rejection) {
        rejections.add(rejection);
      }
    };
  }

  private static Outcome ended(String end, String why) {
    return new Outcome("", Map.of(), end, why);
  }

  private Outcome enriched(PackedRecord chunk) {
    try {
      Enricher.Enriched enriched = enricher.enrich(chunk.data());
      if (enriched.header().getFiltered() > 0) {
        return ended(
            Case.FILTERED, enriched.header().getFilteredByMap().keySet().iterator().next());
      }
      List<String> json = new ArrayList<>();
      new Unpacker("EnrichedLog")
          .unpack(enriched.record().data())
          .forEach(
              (buffer, from, to) ->
                  json.add(
                      CanonicalJson.write(
                          CanonicalJson.parse(
                              "EnrichedLog", Arrays.copyOfRange(buffer, from, to)))));
      Map<?, ?> fields =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(json.get(0)); // JSON is YAML
      return new Outcome(json.get(0), new LinkedHashMap<>(fields), "", "");
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("a record just packed can be unpacked", e);
    }
  }

  private static boolean same(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Date time && actual != null) {
      return time.toInstant().equals(Instant.parse(actual.toString()));
    }
    return expected == null ? actual == null : shown(expected).equals(shown(actual));
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Date time) {
      return time.toInstant().toString();
    }
    return value == null ? "(absent)" : value.toString();
  }
}
