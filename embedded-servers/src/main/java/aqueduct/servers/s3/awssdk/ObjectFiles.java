// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.s3.awssdk;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of buckets -> their objects; the part of the store that knows nothing of the
 * protocol.
 */
final class ObjectFiles implements AutoCloseable {
  private final Path directory;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentSkipListMap<>();
  private final Map<String, Uploads> uploads = new ConcurrentHashMap<>();

  private ObjectFiles(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  static ObjectFiles open(Path directory, Clock clock) throws IOException {
    Files.createDirectories(directory);
    ObjectFiles files = new ObjectFiles(directory, clock);
    try (Stream<Path> places = Files.list(directory)) {
      for (Path place :
          (Iterable<Path>)
              places.filter(p -> !p.getFileName().toString().startsWith("."))::iterator) {
        if (Files.isDirectory(place)) files.add(place.getFileName().toString());
      }
    }
    return files;
  }

  private void add(String name) throws IOException {
    Bucket bucket = Bucket.open(directory.resolve(name), clock);
    uploads.put(name, new Uploads(bucket));
    buckets.put(name, bucket);
  }

  List<String> buckets() {
    return List.copyOf(buckets.keySet());
  }

  Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) throw Refusals.noSuchBucket(name);
    return bucket;
  }

  Uploads uploads(String bucket) {
    Uploads begun = uploads.get(bucket);
    if (begun == null) throw Refusals.noSuchBucket(bucket);
    return begun;
  }

  synchronized void create(String name) throws IOException {
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw Refusals.of(400, "InvalidBucketName", "The specified bucket is not valid: " + name);
    }
    if (buckets.containsKey(name)) {
      throw Refusals.of(409, "BucketAlreadyOwnedByYou", "You have this bucket already: " + name);
    }
    add(name);
  }

  synchronized void delete(String name) throws IOException {
    Bucket bucket = bucket(name);
    if (!bucket.objects().isEmpty()) {
      throw Refusals.of(
          409, "BucketNotEmpty", "The bucket you tried to delete is not empty: " + name);
    }
    buckets.remove(name);
    uploads.remove(name);
    bucket.close();
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator)
        Files.delete(file);
    }
  }

  StoredObject put(
      String bucket,
      String key,
      InputStream in,
      Expected expected,
      Description description,
      Condition condition)
      throws IOException {
    if (key.getBytes(StandardCharsets.UTF_8).length > 1_024) {
      throw Refusals.of(400, "KeyTooLongError", "Your key is too long: at most 1024 bytes.");
    }
    Bucket in0 = bucket(bucket);
    Payload payload = Payload.receive(in, in0.place(key), expected.size(), expected.md5());
    return in0.put(key, payload, description, condition);
  }

  /**
   * The bytes are shared between source and copy where the file system can: neither is ever
   * changed.
   */
  StoredObject copy(
      StoredObject source,
      Path bytes,
      String bucket,
      String key,
      Description description,
      Condition condition)
      throws IOException {
    Bucket target = bucket(bucket);
    Path place = target.place(key);
    try {
      Files.createLink(place, bytes);
    } catch (UnsupportedOperationException e) {
      Files.copy(bytes, place);
    }
    String digest = source.digest().indexOf('-') < 0 ? source.digest() : Payload.digest(place);
    return target.put(key, new Payload(place, source.size(), digest), description, condition);
  }

  /** A part of an object's bytes. */
  static InputStream open(Path file, ByteRange range) throws IOException {
    var channel = Files.newByteChannel(file);
    channel.position(range.from());
    return ByteStreams.limit(Channels.newInputStream(channel), range.length());
  }

  @Override
  public void close() throws IOException {
    for (Bucket bucket : buckets.values()) bucket.close();
  }

  /** What the sender says of the bytes it sends. */
  record Expected(@Nullable Long size, @Nullable String md5) {
    static final Expected NOTHING = new Expected(null, null);

    static Expected of(@Nullable Long size, @Nullable String base64) {
      return new Expected(
          size,
          base64 == null ? null : HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
    }
  }
}
