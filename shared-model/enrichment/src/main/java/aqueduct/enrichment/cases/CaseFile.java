// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment.cases;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file -> its cases: {@code cases: [{name, log, fields, expect}]}. {@code log} is a line
 * with tabs ({@code "\t"} in double quotes), or a map of column -> value, where other columns are
 * {@code -}.
 */
public final class CaseFile {
  private CaseFile() {}

  /** Throws IllegalArgumentException that names file, case and what is wrong. */
  public static List<Case> read(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file)) {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      if (!(root instanceof Map<?, ?> map) || !(map.get("cases") instanceof List<?> entries)) {
        throw new IllegalArgumentException(file + " has no list of 'cases'");
      }
      List<Case> cases = new ArrayList<>();
      for (Object entry : entries) {
        String where = file + ", case " + (cases.size() + 1);
        try {
          cases.add(one(where, entry));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
      }
      return cases;
    } catch (YAMLException e) {
      throw new IllegalArgumentException(file + " is no YAML: " + e.getMessage(), e);
    }
  }

  private static Case one(String where, Object entry) {
    if (!(entry instanceof Map<?, ?> map)
        || !(map.get("expect") instanceof Map<?, ?> expect)
        || map.get("log") == null) {
      throw new IllegalArgumentException("a case must have 'log' and 'expect'");
    }
    Map<String, Object> expected = new LinkedHashMap<>();
    expect.forEach((field, value) -> expected.put(String.valueOf(field), value));
    String name = map.get("name") == null ? where : String.valueOf(map.get("name"));
    if (map.get("log") instanceof Map<?, ?> columns) {
      return new Case(
          name, joined(columns.keySet(), " "), joined(columns.values(), "\t"), expected);
    }
    String fields = map.get("fields") == null ? "" : String.valueOf(map.get("fields"));
    return new Case(name, fields, String.valueOf(map.get("log")).stripTrailing(), expected);
  }

  private static String joined(Iterable<?> parts, String separator) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(text.length() == 0 ? "" : separator).append(text(part));
    }
    return text.toString();
  }

  /** YAML reads {@code 2026-11-23} as a day, and {@code 10:00:00} as a number of seconds. */
  private static String text(Object value) {
    if (value instanceof java.util.Date day) {
      return day.toInstant().toString().substring(0, 10);
    }
    return String.valueOf(value);
  }
}
