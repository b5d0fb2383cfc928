// SPDX-License-Identifier: Apache-2.0
package aqueduct.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What one report counts: every request once per combination of its dimensions' values and 5-minute
 * bucket.
 *
 * @param name lower-case letters
 * @param dimensions names in order, {@code site} first
 * @param fields the dotted field of the enriched event behind each dimension, in the same order
 * @param sketches which sketches each cell keeps
 * @param bots whether requests of bots are in
 * @param mostCells rows per site, bucket and window that keep their own values; the rest becomes
 *     one row of {@value #OTHER}
 */
public record ReportSpec(
    String name,
    List<String> dimensions,
    List<String> fields,
    Set<Sketch> sketches,
    Bots bots,
    int mostCells)
    implements Serializable {

  /** The value of every dimension but the site in the row that gathers the smaller rest. */
  public static final String OTHER = "(other)";

  /** VISITORS: unique visitors (HLL). DURATION: percentiles of the time taken (DDSketch). */
  public enum Sketch {
    VISITORS,
    DURATION
  }

  /** Which requests a report counts. */
  public enum Bots {
    INCLUDE,
    EXCLUDE,
    ONLY
  }

  public ReportSpec {
    dimensions = List.copyOf(dimensions);
    fields = List.copyOf(fields);
    sketches = Set.copyOf(sketches);
    if (dimensions.isEmpty() || !dimensions.get(0).equals("site")) {
      throw new IllegalArgumentException("report " + name + ": the first dimension must be site");
    }
    if (mostCells < 1 || mostCells > 1_000_000) {
      throw new IllegalArgumentException(
          "report " + name + ": most_cells is " + mostCells + ": must be 1 to 1000000");
    }
  }

  /** The reports that Aqueduct keeps unless told otherwise. */
  public static List<ReportSpec> defaults() {
    try (InputStream in = ReportSpec.class.getResourceAsStream("reports.yml")) {
      if (in == null) {
        throw new IllegalStateException("reports.yml is missing from the metrics jar");
      }
      return load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads reports in the form of reports.yml. Throws IllegalArgumentException naming report and
   * setting.
   */
  public static List<ReportSpec> load(InputStream yaml) {
    Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    if (!(root instanceof Map<?, ?> map) || !(map.get("reports") instanceof Map<?, ?> reports)) {
      throw new IllegalArgumentException("reports: must be a map of report names");
    }
    List<ReportSpec> specs = new ArrayList<>();
    reports.forEach((name, settings) -> specs.add(read(String.valueOf(name), settings)));
    return List.copyOf(specs);
  }

  private static ReportSpec read(String name, @Nullable Object settings) {
    if (!(settings instanceof Map<?, ?> map)
        || !(map.get("dimensions") instanceof Map<?, ?> dimensions)) {
      throw new IllegalArgumentException(
          "report " + name + ": dimensions must be a map of name to field");
    }
    EnumSet<Sketch> sketches = EnumSet.noneOf(Sketch.class);
    if (map.get("sketches") instanceof List<?> asked) {
      asked.forEach(sketch -> sketches.add(choice(Sketch.class, name, "sketches", sketch)));
    }
    Object bots = map.get("bots");
    Object mostCells = map.get("most_cells");
    return new ReportSpec(
        name,
        dimensions.keySet().stream().map(String::valueOf).toList(),
        dimensions.values().stream().map(String::valueOf).toList(),
        sketches,
        bots == null ? Bots.INCLUDE : choice(Bots.class, name, "bots", bots),
        mostCells instanceof Integer number ? number : 1000);
  }

  private static <E extends Enum<E>> E choice(
      Class<E> type, String report, String setting, Object value) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(String.valueOf(value))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "report "
            + report
            + ": "
            + setting
            + " is "
            + value
            + ": must be of "
            + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
  }
}
