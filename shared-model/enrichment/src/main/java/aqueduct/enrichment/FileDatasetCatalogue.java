// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Datasets in a directory, {@code <name>/<date>/manifest.json} beside the file, over those of
 * another catalogue. Versions are added and never changed; of two versions of one date the
 * directory's counts.
 */
public final class FileDatasetCatalogue implements DatasetCatalogue {
  private final Path folder;
  private final DatasetCatalogue base;

  public FileDatasetCatalogue(Path folder, DatasetCatalogue base) {
    this.folder = folder;
    this.base = base;
  }

  /**
   * Adds a version. Throws IllegalArgumentException if name or date is taken or the name is not of
   * small letters, digits and dashes.
   *
   * @param retention how long the licence lets it be kept
   */
  public DatasetVersion add(
      String name, LocalDate date, Path file, String licence, String retention) throws IOException {
    if (!name.matches("[a-z][a-z0-9-]{0,60}")) {
      throw new IllegalArgumentException(
          "dataset name is " + name + ": must be small letters, digits and dashes");
    }
    Path target = folder.resolve(name).resolve(date.toString());
    if (Files.exists(target.resolve("manifest.json"))) {
      throw new IllegalArgumentException(
          "dataset "
              + name
              + " of "
              + date
              + " is there already, and a version never changes: choose another date");
    }
    Files.createDirectories(target);
    Path kept = target.resolve(file.getFileName().toString());
    Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
    VerifiedStream.Sum sum;
    try (InputStream in = Files.newInputStream(kept)) {
      sum = VerifiedStream.sum(in);
    }
    DatasetVersion version =
        new DatasetVersion(
            name,
            date,
            kept.getFileName().toString(),
            sum.sha256(),
            sum.size(),
            licence,
            retention);
    Path manifest = target.resolve("manifest.tmp");
    Files.writeString(manifest, json(version));
    Files.move(manifest, target.resolve("manifest.json"), StandardCopyOption.ATOMIC_MOVE);
    return version;
  }

  private static String json(DatasetVersion version) {
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
    return json.append("\n}\n").toString();
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

  @Override
  public List<DatasetVersion> versions(String name) {
    Map<LocalDate, DatasetVersion> versions = new LinkedHashMap<>();
    base.versions(name).forEach(version -> versions.put(version.date(), version));
    for (Path date : children(folder.resolve(name))) {
      if (Files.exists(date.resolve("manifest.json"))) {
        DatasetVersion version = read(date);
        versions.put(version.date(), version);
      }
    }
    return versions.values().stream().sorted(Comparator.comparing(DatasetVersion::date)).toList();
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON is YAML. */
  private static DatasetVersion read(Path date) {
    Path manifest = date.resolve("manifest.json");
    try (InputStream in = Files.newInputStream(manifest)) {
      Map<?, ?> json = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new DatasetVersion(
          String.valueOf(json.get("name")),
          LocalDate.parse(date.getFileName().toString()),
          String.valueOf(json.get("file")),
          String.valueOf(json.get("sha256")),
          Long.parseLong(String.valueOf(json.get("size"))),
          String.valueOf(json.get("licence")),
          String.valueOf(json.get("retention")));
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "the manifest " + manifest + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(base.names());
    children(folder).forEach(child -> names.add(child.getFileName().toString()));
    return new ArrayList<>(names);
  }

  @Override
  public InputStream open(DatasetVersion version) throws IOException {
    Path file =
        folder
            .resolve(version.name())
            .resolve(version.date().toString())
            .resolve(version.file().replaceFirst("^/", ""));
    return base.versions(version.name()).contains(version)
        ? base.open(version)
        : VerifiedStream.open(() -> Files.newInputStream(file), version);
  }
}
