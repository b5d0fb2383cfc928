// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bucket: index.jsonl says which objects there are, objects/ holds their bytes (a file is never
 * changed; its name ends in that of the object, for people), uploads/ what is not complete yet.
 * Changes of the index are one at a time and check their condition in the same moment.
 */
final class Bucket implements AutoCloseable {
  /**
   * S3 lists keys in the order of their UTF-8 bytes, which is that of their code points, not of
   * their chars.
   */
  private static final Comparator<String> ORDER =
      (a, b) -> {
        int same = 0;
        int shorter = Math.min(a.length(), b.length());
        while (same < shorter && a.charAt(same) == b.charAt(same)) same++;
        if (same == a.length() || same == b.length())
          return Integer.compare(a.length(), b.length());
        boolean surrogates =
            Character.isSurrogate(a.charAt(same)) != Character.isSurrogate(b.charAt(same));
        int order = Character.compare(a.charAt(same), b.charAt(same));
        return surrogates ? (Character.isSurrogate(a.charAt(same)) ? 1 : -1) : order;
      };

  private final Path directory;
  private final Clock clock;
  private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>(ORDER);
  private final Journal journal;
  private long sequence;

  private Bucket(Path directory, Clock clock) throws IOException {
    this.directory = directory;
    this.clock = clock;
    Files.createDirectories(directory.resolve("objects"));
    Files.createDirectories(directory.resolve("uploads"));
    this.journal = Journal.open(directory.resolve("index.jsonl"), objects);
  }

  static Bucket open(Path directory, Clock clock) throws IOException {
    Bucket bucket = new Bucket(directory, clock);
    bucket.sequence =
        bucket.objects.values().stream().mapToLong(StoredObject::sequence).max().orElse(0);
    bucket.removeOrphans();
    return bucket;
  }

  private void removeOrphans() throws IOException {
    Set<Path> known =
        objects.values().stream().map(o -> directory.resolve(o.file())).collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(directory.resolve("objects"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!known.contains(file)) Files.delete(file);
      }
    }
  }

  Path uploads() {
    return directory.resolve("uploads");
  }

  Path created() {
    return directory;
  }

  NavigableMap<String, StoredObject> objects() {
    return objects;
  }

  StoredObject get(String key) {
    StoredObject object = objects.get(key);
    if (object == null) throw Refusals.noSuchKey(key);
    return object;
  }

  Path file(StoredObject object) {
    return directory.resolve(object.file());
  }

  /** Does something with an object's file, again if the object was replaced meanwhile. */
  <T> T withFile(String key, Use<T> use) throws IOException {
    for (; ; ) {
      StoredObject object = get(key);
      try {
        return use.of(object, file(object));
      } catch (NoSuchFileException e) {
        if (object.equals(objects.get(key))) throw e;
      }
    }
  }

  /** A new place for bytes of this key. */
  Path place(String key) throws IOException {
    byte[] hash = Payload.md5().digest(key.getBytes(StandardCharsets.UTF_8));
    String hex = HexFormat.of().formatHex(hash, 0, 1);
    String tail = key.substring(key.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    String name = UUID.randomUUID() + "-" + (tail.length() > 100 ? tail.substring(0, 100) : tail);
    Path shelf = Files.createDirectories(directory.resolve("objects").resolve(hex));
    return shelf.resolve(name);
  }

  /** The payload becomes the object, if the condition holds; else its file is removed. */
  StoredObject put(String key, Payload payload, Description description, Condition condition)
      throws IOException {
    @Nullable StoredObject replaced;
    StoredObject object;
    try {
      synchronized (this) {
        replaced = objects.get(key);
        condition.check(key, replaced);
        object =
            description.of(
                key, directory.relativize(payload.file()).toString(), payload, clock, next());
        journal.put(object);
        objects.put(key, object);
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(payload.file());
      throw e;
    }
    if (replaced != null) Files.deleteIfExists(file(replaced));
    return object;
  }

  void remove(String key, Condition condition) throws IOException {
    StoredObject removed;
    synchronized (this) {
      removed = objects.get(key);
      condition.check(key, removed);
      if (removed == null) return;
      next();
      journal.removed(key);
      objects.remove(key);
    }
    Files.deleteIfExists(file(removed));
  }

  private long next() {
    sequence = Math.max(sequence + 1, clock.millis() << 20);
    return sequence;
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }

  /** Something done with an object and the file of its bytes. */
  interface Use<T> {
    T of(StoredObject object, Path file) throws IOException;
  }
}
