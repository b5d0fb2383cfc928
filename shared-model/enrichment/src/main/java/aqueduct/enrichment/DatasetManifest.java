// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A version <-> its manifest in JSON, {@code datasets/<name>/<date>/manifest.json}. */
final class DatasetManifest {
  private DatasetManifest() {}

  static byte[] write(DatasetVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", version.name());
    fields.put("date", version.date().toString());
    fields.put("file", version.file());
    fields.put("sha256", version.sha256());
    fields.put("size", version.size());
    fields.put("licence", version.licence());
    fields.put("retention", version.retention());
    StringBuilder json = new StringBuilder("{");
    fields.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "\n  \"" : ",\n  \"")
                .append(name)
                .append("\": ")
                .append(value instanceof String text ? quoted(text) : value));
    return json.append("\n}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** JSON is YAML. Throws IllegalStateException if it is not what {@code write} writes. */
  static DatasetVersion read(String where, byte[] json, boolean destroyed) {
    try {
      Map<?, ?> fields = ListFile.read(new ByteArrayInputStream(json));
      DatasetVersion version =
          new DatasetVersion(
              text(fields, "name"),
              LocalDate.parse(text(fields, "date")),
              text(fields, "file"),
              text(fields, "sha256"),
              Long.parseLong(text(fields, "size")),
              text(fields, "licence"),
              text(fields, "retention"),
              destroyed);
      if (!where.endsWith(version.name() + "/" + version.date() + "/manifest.json")) {
        throw new IOException("it is of " + version.name() + " of " + version.date());
      }
      return version;
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "the manifest " + where + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static String text(Map<?, ?> fields, String name) throws IOException {
    Object value = fields.get(name);
    if (value == null) {
      throw new IOException("its " + name + " is missing");
    }
    return value instanceof java.util.Date date
        ? date.toInstant().atOffset(java.time.ZoneOffset.UTC).toLocalDate().toString()
        : value.toString();
  }
}
