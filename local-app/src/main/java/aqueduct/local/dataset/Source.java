// SPDX-License-Identifier: Apache-2.0
package aqueduct.local.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Where a dataset is published.
 *
 * @param url with {@code {month}} for the month of a version's date
 * @param licence SPDX id
 * @param terms what the licence asks of those who use the dataset
 */
public record Source(String url, String licence, String terms) {

  /** The known sources by the datasets' names. */
  public static Map<String, Source> known() {
    Map<String, Source> known = new TreeMap<>();
    try (InputStream in = Source.class.getResourceAsStream("sources.yml")) {
      Map<String, Map<String, String>> all =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      all.forEach(
          (name, of) ->
              known.put(name, new Source(of("url", of), of("licence", of), of("terms", of))));
    } catch (IOException e) {
      throw new IllegalStateException("sources.yml is in this jar", e);
    }
    return known;
  }

  private static String of(String name, Map<String, String> fields) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> new IllegalStateException("sources.yml lacks a " + name));
  }

  /** Where the version of that date is. */
  public URI at(LocalDate date) {
    return URI.create(url.replace("{month}", date.toString().substring(0, 7)));
  }
}
