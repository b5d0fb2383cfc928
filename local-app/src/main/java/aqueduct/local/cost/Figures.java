// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The figures of the model, each with where it comes from.
 *
 * @param byName such as {@code bytes.raw-per-event}
 */
public record Figures(Map<String, Figure> byName) {

  /** A number and its source. */
  public record Figure(double value, String source) {}

  /** Those of figures.yml. */
  public static Figures defaults() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    try (InputStream in = Figures.class.getResourceAsStream("figures.yml")) {
      Map<String, Map<String, List<Object>>> file =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      file.forEach(
          (group, entries) ->
              entries.forEach((name, entry) -> figures.put(group + "." + name, figure(entry))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Figures(figures);
  }

  private static Figure figure(List<Object> entry) {
    return new Figure(((Number) entry.get(0)).doubleValue(), (String) entry.get(1));
  }

  /** The same with one changed. */
  public Figures with(String name, double value) {
    if (!byName.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no figure " + name + ": there are " + String.join(", ", byName.keySet()));
    }
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " is " + value + ": must be 0 or more");
    }
    Map<String, Figure> changed = new LinkedHashMap<>(byName);
    changed.put(name, new Figure(value, "given"));
    return new Figures(changed);
  }

  double of(String name) {
    Figure figure = byName.get(name);
    if (figure == null) throw new IllegalArgumentException("there is no figure " + name);
    return figure.value();
  }
}
