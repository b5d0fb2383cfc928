// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Datasets as files in a folder (a directory, or a prefix of a bucket), {@code
 * <name>/<date>/manifest.json} beside the file, over those of another catalogue. Versions are added
 * and never changed; of two versions of one date the folder's counts. What a licence demands to be
 * destroyed leaves its manifest behind, so that no older version answers in its place.
 */
public final class FileDatasetCatalogue implements DatasetCatalogue {
  private static final String MANIFEST = "/manifest.json";
  private static final String DESTROYED = "/destroyed.txt";
  private final ObjectFolder folder;
  private final DatasetCatalogue base;

  public FileDatasetCatalogue(Path folder, DatasetCatalogue base) {
    this(new Directory(folder), base);
  }

  public FileDatasetCatalogue(ObjectFolder folder, DatasetCatalogue base) {
    this.folder = folder;
    this.base = base;
  }

  /**
   * Adds a version. Throws IllegalArgumentException if name or date is taken, the name is not of
   * small letters, digits and dashes, or the retention is in no known form; CorruptDatasetException
   * if the file is not of the form that its name asks for.
   *
   * @param retention how long the licence lets it be kept
   */
  public DatasetVersion add(
      String name, LocalDate date, Path file, String licence, String retention) throws IOException {
    if (!name.matches("[a-z][a-z0-9-]{0,60}")) {
      throw new IllegalArgumentException(
          "dataset name is " + name + ": must be small letters, digits and dashes");
    }
    var unused = Retention.parse(retention);
    String at = name + "/" + date;
    Optional<DatasetVersion> taken = read(at);
    if (taken.isPresent() && !taken.get().destroyed()) {
      throw new IllegalArgumentException(
          "dataset "
              + name
              + " of "
              + date
              + " is there already, and a version never changes: choose another date");
    }
    DatasetKind.check(name, file);
    VerifiedStream.Sum sum;
    try (InputStream in = Files.newInputStream(file)) {
      sum = VerifiedStream.sum(in);
    }
    DatasetVersion version =
        new DatasetVersion(
            name,
            date,
            String.valueOf(file.getFileName()),
            sum.sha256(),
            sum.size(),
            licence,
            retention,
            false);
    if (taken.isPresent()) {
      restore(taken.get(), version, file);
    } else {
      folder.delete(at + "/" + version.file()); // of an add that ended half-way
      folder.create(at + "/" + version.file(), file);
      folder.create(at + MANIFEST, DatasetManifest.write(version));
    }
    return version;
  }

  /** The same bytes may come back in the place of what was destroyed, other bytes may not. */
  private void restore(DatasetVersion was, DatasetVersion now, Path file) throws IOException {
    if (!was.sha256().equals(now.sha256())) {
      throw new IllegalArgumentException(
          "dataset "
              + was.name()
              + " of "
              + was.date()
              + " was destroyed, and only the same file can take its place again: its SHA-256 was "
              + was.sha256());
    }
    String at = was.name() + "/" + was.date();
    folder.create(at + "/" + was.file(), file);
    folder.delete(at + DESTROYED);
  }

  @Override
  public List<DatasetVersion> versions(String name) {
    Map<LocalDate, DatasetVersion> versions = new TreeMap<>();
    base.versions(name).forEach(version -> versions.put(version.date(), version));
    for (String object : objects()) {
      if (object.startsWith(name + "/") && object.endsWith(MANIFEST)) {
        read(object.substring(0, object.length() - MANIFEST.length()))
            .ifPresent(version -> versions.put(version.date(), version));
      }
    }
    return new ArrayList<>(versions.values());
  }

  private List<String> objects() {
    try {
      return folder.names();
    } catch (IOException e) {
      throw new UncheckedIOException("the datasets in " + folder + " cannot be listed", e);
    }
  }

  private Optional<DatasetVersion> read(String at) {
    try {
      boolean destroyed = folder.read(at + DESTROYED).isPresent();
      return folder
          .read(at + MANIFEST)
          .map(json -> DatasetManifest.read(folder + "/" + at + MANIFEST, json, destroyed));
    } catch (IOException e) {
      throw new UncheckedIOException("the datasets in " + folder + " cannot be read", e);
    }
  }

  @Override
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(base.names());
    objects().stream()
        .filter(object -> object.endsWith(MANIFEST))
        .forEach(object -> names.add(object.substring(0, object.indexOf('/'))));
    return new ArrayList<>(names);
  }

  @Override
  public InputStream open(DatasetVersion version) throws IOException {
    if (version.destroyed()) {
      throw new DestroyedDatasetException(version);
    }
    String file = version.name() + "/" + version.date() + "/" + version.file();
    return base.versions(version.name()).contains(version)
        ? base.open(version)
        : VerifiedStream.open(() -> folder.open(file), version);
  }

  /**
   * The versions that their licences demand to be destroyed by that day: the next version is as old
   * as the retention says.
   */
  public List<DatasetVersion> due(LocalDate today) {
    List<DatasetVersion> due = new ArrayList<>();
    for (String name : names()) {
      List<DatasetVersion> versions = versions(name);
      for (int i = 0; i + 1 < versions.size(); i++) {
        DatasetVersion version = versions.get(i);
        if (!version.destroyed()
            && !base.versions(name).contains(version)
            && Retention.parse(version.retention()).isDue(versions.get(i + 1).date(), today)) {
          due.add(version);
        }
      }
    }
    return due;
  }

  /** Destroys the file of a version of the folder; its manifest stays and says so. */
  public void destroy(DatasetVersion version, LocalDate today) throws IOException {
    String at = version.name() + "/" + version.date();
    folder.create(
        at + DESTROYED,
        ("destroyed on " + today + ": " + version.retention() + "\n")
            .getBytes(StandardCharsets.UTF_8));
    folder.delete(at + "/" + version.file());
  }
}
