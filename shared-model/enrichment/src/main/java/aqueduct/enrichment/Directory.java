// SPDX-License-Identifier: Apache-2.0
package aqueduct.enrichment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory as a folder of objects. A file appears with all its bytes or not at all. */
public final class Directory implements ObjectFolder {
  private static final String UNFINISHED = ".unfinished-";
  private final Path root;

  public Directory(Path root) {
    this.root = root;
  }

  private Path path(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root.normalize())) {
      throw new IllegalArgumentException("the name " + name + " leads out of " + root);
    }
    return path;
  }

  @Override
  public List<String> names() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, 4)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.contains(UNFINISHED))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(path(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(path(name));
  }

  @Override
  public boolean create(String name, byte[] bytes) throws IOException {
    Path unfinished = unfinished(name);
    Files.write(unfinished, bytes);
    return publish(unfinished, path(name));
  }

  @Override
  public boolean create(String name, Path file) throws IOException {
    Path unfinished = unfinished(name);
    Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
    return publish(unfinished, path(name));
  }

  private Path unfinished(String name) throws IOException {
    Path parent = path(name).getParent();
    Files.createDirectories(parent == null ? root : parent);
    return Files.createTempFile(parent, UNFINISHED, "");
  }

  /** A link, unlike a move, fails where the name is taken. */
  private static boolean publish(Path unfinished, Path target) throws IOException {
    try {
      Files.createLink(target, unfinished);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
